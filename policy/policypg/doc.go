// Package policypg keeps policies in a table of PostgreSQL, so that a fleet on many
// machines runs one policy and takes a new one within moments.
//
//	err := policypg.Migrate(ctx, pool)
//	revision, err := policypg.Publish(ctx, pool, "tasks", text)
//
//	live, err := policy.Watch[Claims](ctx, policypg.Source(pool, "tasks"))
//	visible, err := live.Verify(claims, "tasks", r.Method)
//
// [Migrate] makes the table, [Source] reads a policy from it and follows it, and
// [Publish] puts one there that services will take. A trigger sends a notice, so
// services see what anybody writes, in psql as well:
//
//	UPDATE rolespec_policy SET body = pg_read_binary_file('policy.yaml') WHERE name = 'tasks';
//
// # What goes wrong, and what then
//
//	what happens                            the services
//	the text is no policy                   keep the policy they have, and report why
//	the row or the table is deleted         the same; one that starts does not start
//	the server cannot be reached            the same; they catch up when it is back
//	a standby lags behind                   keep the newer text, see [Source]
//	the table is restored from a backup     take what it has; from standbys alone they
//	                                        do so from its next publication on
//	a notice is lost                        find out at the next policy.Interval
//
// Each source holds one connection besides those of its pool, to LISTEN; a network
// that has become silent is found out within 40 seconds. A standby and a pooler of
// transactions cannot LISTEN: give their source [ListenOn]. A standby may get the
// notice before the policy, and its services then find that at the next interval.
//
// # Publishing and taking back
//
// Without [After] the last one to publish wins. Who edits a policy that others edit
// too says which revision the edited text came from:
//
//	_, err := policypg.Publish(ctx, pool, "tasks", edited, policypg.After(revision))
//	if errors.Is(err, policypg.ErrConflict) {
//		// read it again
//	}
//
// Every revision is kept, whatever wrote it, with its time and its user: [History]
// lists them, [Text] has their texts, and [Rollback] publishes an earlier one again.
//
// # Rights
//
// Whoever may write the table decides who sees what. Services need to read it, and
// only those who publish need more:
//
//	GRANT SELECT ON rolespec_policy TO service;
//
//	GRANT SELECT, INSERT, UPDATE ON rolespec_policy TO publisher;
//	GRANT SELECT, INSERT ON rolespec_policy_history TO publisher;
//	GRANT USAGE ON SEQUENCE rolespec_policy_revision TO publisher;
package policypg
