// Accounts is a service of users, their accounts and their roles: it logs them in, and
// shows and lets them change what the policy in policy.go permits.
//
//	go run ./examples/accounts
//
// The README says how it is used, and what it answers.
package main
