export { checkDefinition } from './check/check.ts';
export { approveOffer, rejectOffer } from './approve-offer.ts';
export { archiveOffer } from './archive-offer.ts';
export { compileOffers } from './engine/compile.ts';
export { createOffer } from './create-offer.ts';
export { definition, parseDefinition } from './rule/definition.ts';
export type { Definition, DefinitionInput } from './rule/definition.ts';
export { editDraft } from './edit-draft.ts';
export { endOffer } from './end-offer.ts';
export type { Arrival, BenefitKind, CounterUse, Decision, FundingPart } from './engine/decision.ts';
export { decide, evaluate } from './engine/evaluate.ts';
export type { Evaluation, LineResult } from './engine/evaluate.ts';
export { budgetsOf, countersOf, poolsOf } from './engine/reads.ts';
export { progressKeys } from './engine/arrival.ts';
export { explain } from './words/explain.ts';
export { nearest } from './words/nearest.ts';
export { reasonOf } from './words/reward-text.ts';
export { type Explanation } from './words/explain.ts';
export { type ExplainedReason } from './words/found.ts';
export { type Reader } from './words/reader.ts';
export { arrivalText } from './words/arrival-text.ts';
export type {
  CardFacts,
  CouponFacts,
  Facts,
  History,
  HistoryAsked,
  LineFacts,
  MemberFacts,
  SaleFacts,
  TenderFacts,
  Usage,
} from './engine/facts.ts';
export { templateName, templatesIn } from './engine/templates.ts';
export type { TemplateOf, TemplatesInSet } from './engine/templates.ts';
export { historyOf } from './engine/ask-history.ts';
export { getOffer, listVersions } from './get-offer.ts';
export type { WholeOffer } from './get-offer.ts';
export { offerOfCode } from './offer-of-code.ts';
export { offersInvariants } from './invariants.ts';
export { listOffers } from './list-offers.ts';
export type { ListedOffer } from './list-offers.ts';
export { openLiveOffers } from './live-offers.ts';
export type { DecidedBy } from './decided-versions.ts';
export type { LiveOffers, LiveSet, OwnedProgramme, OwnersOf, SetRecipe } from './live-offers.ts';
export type { OfferSet, OfferVersion } from './engine/offer.ts';
export type { Offer, PublishedVersion, StoredStatus } from './offer-rows.ts';
export { offersPart, UsageState } from './offers-part.ts';
export type { OffersItem, OwnedDecision } from './offers-part.ts';
export { newTrial, type Trial, tryRefund, trySale } from './rehearsal/trial.ts';
export { tellOffer } from './rehearsal/tell-offer.ts';
export type { Gone, PlannedBack, RetestedSale } from './rehearsal/plan-back.ts';
export type { EarlierSale, PastEvent, PastRefund, PastSale } from './rehearsal/past-event.ts';
export type { Span as PastSpan } from './rehearsal/day-sums.ts';
export { carryOut as carryOutSimulation } from './simulate/carry-out.ts';
export { simulateNow } from './simulate/simulate-now.ts';
export type { Simulation } from './simulate/simulation-rows.ts';
export { startingSimulation, type SimulationAsked } from './simulate/start-simulation.ts';
export { planSimulation } from './simulate/plan-simulation.ts';
export { getSimulation } from './simulate/read-simulations.ts';
export type { SimulationResult } from './simulate/tell-simulation.ts';
export { simulateJob, type SimulateApart } from './simulate/simulate-job.ts';
export { simulateRefusals } from './simulate/refusals.ts';
export { simulationRoutes } from './simulate/routes.ts';
export type { Simulator } from './simulate/simulator.ts';
export type { Buyer, GrantedDay, PastPage, PastPlace, PastSales } from './simulate/past-sales.ts';
export { pauseOffer } from './pause-offer.ts';
export { publishOffer } from './publish-offer.ts';
export { readDecisions } from './read-decisions.ts';
export { readUsage } from './read-usage.ts';
export { offersRefusals } from './all-refusals.ts';
export { offerUnknown } from './refusals.ts';
export { resumeOffer } from './resume-offer.ts';
export { submitOffer } from './submit-offer.ts';
export { keptShares, reversalTarget, reverseLines } from './engine/reverse.ts';
export { retested } from './engine/retest.ts';
export type { Kept, Reversal } from './engine/reverse.ts';
export type { Knows, OffersRoom } from './room.ts';
export { offersRoutes } from './routes.ts';
