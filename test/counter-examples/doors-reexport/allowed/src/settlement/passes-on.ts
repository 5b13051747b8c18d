export { door } from '#access';
