export { door } from '#settlement';
