package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/service"
	"github.com/rolespec/rolespec/examples/internal/testservice"
)

// The service does not start with what could be guessed, and does not print it.
func TestWeakConfiguration(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, value string }{
		{"SECRET_KEY", ""},
		{"SECRET_KEY", "hj3Kq9vT2bXw7Lr5Zp8Nd4Fm6Gs1Yc0"},
		{"SECRET_KEY", strings.Repeat("a", 64)},
		{"SECRET_KEY", strings.Repeat("hj3Kq9vT2b", 7)},
		{"SECRET_KEY", "aabbcaabcbacbbacabcabbacbacbacabbcab"},
		{"SECRET_KEY", "my-secret-key-of-at-least-32-bytes-1234"},
		{"SECRET_KEY", "ChangeMe-ChangeMe-kq9vT2bXw7Lr5Zp8N"},
		{"FIRST_SUPER_ADMIN_PASSWORD", ""},
		{"FIRST_SUPER_ADMIN_PASSWORD", "short pass"},
		{"FIRST_SUPER_ADMIN_PASSWORD", "Password1234!"},
		{"FIRST_SUPER_ADMIN_PASSWORD", "root@example.com-1"},
		{"FIRST_SUPER_ADMIN_EMAIL", "root"},
		{"FIRST_SUPER_ADMIN_EMAIL", ""},
		{"FIRST_SUPER_ADMIN_ACCOUNT_NAME", ""},
		{"ACCESS_TOKEN_EXPIRE_MINUTES", "0"},
		{"ACCESS_TOKEN_EXPIRE_MINUTES", "1441"},
		{"ACCESS_TOKEN_EXPIRE_MINUTES", "x"},
		{"USERS_OPEN_REGISTRATION", "no"},
	} {
		args := []string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "accounts.db")}
		running, err := program(environment(test.name, test.value), cheap, generous).Start(context.Background(), args, io.Discard, t.Output())
		if err == nil {
			t.Errorf("it starts with %s=%q", test.name, test.value)
			_ = running.Stop()
			continue
		}
		var usage *service.UsageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), test.name) || len(test.value) > 8 && strings.Contains(err.Error(), test.value) {
			t.Errorf("%s=%q: %v", test.name, test.value, err)
		}
	}
}

// Without anything it is a demonstration, of which each run has other secrets; with a
// database it is not.
func TestDemonstration(t *testing.T) {
	t.Parallel()
	var said [2]string
	for i := range said {
		var out bytes.Buffer
		running, err := program(func(string) string { return "" }, cheap, generous).Start(context.Background(),
			[]string{"-addr", "127.0.0.1:0", "-log", "ERROR"}, &out, t.Output())
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(out.String(), "SUPER_PASSWORD=")
		said[i], _, _ = strings.Cut(rest, "\n")
		w := &world{Server: &testservice.Server{Running: running}}
		for _, name := range []string{"ada", "bea", "cleo", "dan", "eve", "gil", "hal", "ivy"} {
			w.send(t, "", "POST", "/auth/access-token", credentials(name+"@example.com", said[i])).is(t, 200)
		}
		if err := running.Stop(); err != nil {
			t.Error(err)
		}
	}
	if len(said[0]) < 26 || said[0] == said[1] {
		t.Errorf("the passwords are %q", said)
	}
	args := []string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "accounts.db")}
	if running, err := program(func(string) string { return "" }, cheap, generous).Start(context.Background(), args, io.Discard, t.Output()); err == nil {
		t.Error("it starts on a database without a secret")
		_ = running.Stop()
	}
}

// A restart changes nobody: not the password of the first super admin, and not the role
// that was taken.
func TestRestart(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		w := start(t, dsn, generous)
		other := w.user(t, "other", SuperAdmin, nil)
		other.ask(t, "PUT", "/user-roles/"+w.super.id(), body{"role_id": w.roles[Guest]}).is(t, 200)
		again := start(t, dsn, generous, "FIRST_SUPER_ADMIN_PASSWORD", "another horse battery")
		again.super.ask(t, "GET", "/users/me", nil).is(t, 200).says(t, Guest)
		again.super.ask(t, "POST", "/accounts", body{"name": "x"}).is(t, 403)
		if len(again.roles) != 5 {
			t.Errorf("%v", again.roles)
		}
	})
}
