package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/http/internal/load"
)

var (
	instant = regexp.MustCompile(`"created_at":"[^"]*"`)
	word    = regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)
)

// The commands of the README, one after the other, are answered as it says.
func TestReadme(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, "")
	variables := map[string]string{}
	for name, who := range map[string]string{"$ANN": "ann of acme", "$MIA": "mia of acme", "$BOB": "bob of acme", "$EVE": "eve of acme"} {
		variables[name] = w.token(t, who, load.Valid)
	}
	variables["$EXPIRED"] = w.token(t, "ann of acme", load.Expired)
	variables["$FOREIGN"] = w.token(t, "ann of acme", load.Foreign)

	commands := 0
	for _, block := range strings.Split(string(text), "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for _, step := range strings.Split(block, "$ curl ")[1:] {
			line, want, _ := strings.Cut(step, "\n")
			got := w.curl(t, line, variables)
			if masked(got.body) != masked(want) {
				t.Errorf("$ curl %s\nhave %d %s\nwant %s", line, got.status, got.body, want)
			}
			commands++
		}
	}
	if commands < 15 {
		t.Errorf("%d commands were found", commands)
	}
}

func masked(answer string) string { return instant.ReplaceAllString(answer, `"created_at":"now"`) }

// curl does what the command does, with the few options that the README uses.
func (w *world) curl(t *testing.T, line string, variables map[string]string) reply {
	t.Helper()
	token, method, path, body := "", "", "", ""
	var headers []string
	words := word.FindAllString(line, -1)
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "-H":
			i++
			if value, ok := variables[strings.Trim(words[i], `"`)]; ok {
				token = value
				continue
			}
			name, value, _ := strings.Cut(strings.Trim(words[i], "'"), ": ")
			headers = append(headers, name, value)
		case "-X":
			i++
			method = words[i]
		case "-d":
			i++
			body = strings.Trim(words[i], "'")
		default:
			var ok bool
			if path, ok = strings.CutPrefix(strings.Trim(words[i], "'"), "localhost:8080"); !ok {
				t.Fatalf("what is %s in %s?", words[i], line)
			}
		}
	}
	switch {
	case method == "" && body != "":
		method = "POST"
	case method == "":
		method = "GET"
	}
	return w.send(t, token, method, path, body, headers...)
}
