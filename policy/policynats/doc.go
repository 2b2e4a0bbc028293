// Package policynats keeps policies in a key-value bucket of NATS JetStream, so
// that a fleet on many machines runs one policy and takes a new one within
// moments.
//
//	kv, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "policies", History: 64})
//	revision, err := policynats.Publish(ctx, kv, "tasks", text)
//
//	live, err := policy.Watch[Claims](ctx, policynats.Source(kv, "tasks"))
//	visible, err := live.Verify(claims, "tasks", r.Method)
//
// [Source] reads a key and follows it with a watcher, so services see what anybody
// puts there, and [Publish] puts a policy there that services will take.
//
// # What goes wrong, and what then
//
//	what happens                        the services
//	the text is no policy               keep the policy they have, and report why
//	the key or the bucket is deleted    the same; one that starts does not start
//	NATS cannot be reached              the same; they catch up when it is back
//	a replica lags behind               keep the newer text, see [Source]
//	a notice is lost                    find out at the next policy.Interval
//
// A service that lost its connection looks again as soon as it is back when it was
// given [Reconnects]; without it, the watcher of NATS takes some 20 seconds, and the
// interval may be faster. That a whole bucket is gone is seen at the interval only.
//
// # Rights
//
// Whoever may write to the bucket decides who sees what. Of a bucket called policies,
// services need to publish on
//
//	$JS.API.STREAM.INFO.KV_policies
//	$JS.API.DIRECT.GET.KV_policies.>
//	$JS.API.CONSUMER.CREATE.KV_policies.>
//	$JS.API.CONSUMER.DELETE.KV_policies.>
//	$JS.FC.KV_policies.>
//
// and who publishes policies on the first two and on
//
//	$KV.policies.>
//
// Both subscribe to their inbox, _INBOX.>, and to nothing else.
//
// # Publishing
//
// Without [After] the last one to publish wins. Who edits a policy that others edit
// too says which revision the edited text came from:
//
//	_, err := policynats.Publish(ctx, kv, "tasks", edited, policynats.After(revision))
//	if errors.Is(err, policynats.ErrConflict) {
//		// read it again
//	}
//
// Where the bucket keeps history, jetstream.KeyValue.GetRevision has what was in
// force before, to be published again.
package policynats
