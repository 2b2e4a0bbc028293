// Package payloadjwks finds the keys of tokens at a server that publishes them as a JSON
// Web Key Set, and follows their rotation.
//
//	source, err := payloadjwks.New(ctx, "https://login.example/.well-known/jwks.json")
//	...
//	defer source.Close()
//	verifier, err := payload.NewVerifier[Claims](payload.KeyFunc(source.Key),
//		payload.WithIssuer("https://login.example"),
//		payload.WithAudience("tasks"))
//
// # What is promised
//
//   - One address, fixed when the [Source] is made: https, or http of this machine. It is
//     never taken from a token, and a redirect is an error.
//   - A fetch ends within [WithTimeout], reads at most [payload.MaxJWKSSize] bytes, and
//     makes keys as strictly as [payload.ParseJWKS]: all of the set or nothing.
//   - The set is fetched anew every [WithRefresh], give or take a tenth. A key that is
//     gone from it verifies no more from then on.
//   - A kid that is not known makes the set fetched sooner, at most once in [WithRateLimit],
//     whatever is sent. Tokens that come meanwhile share that fetch; a kid that it did not
//     find does not cause another for six times as long. What is remembered is bounded.
//   - A token whose kid is known never waits for a fetch.
//   - If the server is down, slow or answers with anything else than a good set, the keys
//     of the last good one stay, all of them, and it is tried again. That ends after
//     [WithMaxStale]: from then on every token is refused until a fetch succeeds, with
//     [payload.ErrKeysUnavailable], as where there never was a set.
//   - What waits for a fetch waits no longer than the timeout and its own context allow.
//   - The keys verify, each for its one algorithm. A set with private keys or secrets is
//     refused.
//
// A set without a key for signatures is no good set: a server that has lost its keys and
// one that has withdrawn them cannot be told apart. To withdraw all keys at once, restart
// with another address, or publish a new key.
//
// # Why it fetches by itself
//
// golang-jwt is mostly used with MicahParks/keyfunc for this. Its model does not fit the
// promises above: a token without a kid is tried against every key of the set, a key
// without an alg serves every algorithm of its kind, each token with an unknown kid waits
// for the rate limiter and then fetches by itself, the last keys stay for as long as the
// server is down, and the answer is read without a limit. What remains to be shared is one
// GET. So this package depends on nothing but package payload.
package payloadjwks
