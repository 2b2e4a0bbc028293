package main

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/rolespec/rolespec/roles"
)

// The bounds of the values, which openapi.yaml has as well.
const (
	maxName     = 100 // characters
	maxTitle    = 200
	maxPriority = 1000
)

// setters are the fields that a body may hold. Id, version and created_at are not
// among them: nobody sets those.
var setters = map[string]func(*Task, json.RawMessage) error{
	"account":    func(t *Task, raw json.RawMessage) error { return setText("account", &t.Account, raw, maxName) },
	"created_by": func(t *Task, raw json.RawMessage) error { return setText("created_by", &t.CreatedBy, raw, maxName) },
	"title":      func(t *Task, raw json.RawMessage) error { return setText("title", &t.Title, raw, maxTitle) },
	"assignee":   setAssignee,
	"status":     setStatus,
	"priority":   setPriority,
	"public":     setPublic,
}

// reset gives the fields that the caller may write what they are in a new task, except
// whose it is.
func (t *Task) reset(columns roles.FieldSet) {
	empty := Task{Status: "open"}
	if columns.Has("title") {
		t.Title = empty.Title
	}
	if columns.Has("assignee") {
		t.Assignee = empty.Assignee
	}
	if columns.Has("status") {
		t.Status = empty.Status
	}
	if columns.Has("priority") {
		t.Priority = empty.Priority
	}
	if columns.Has("public") {
		t.Public = empty.Public
	}
}

// decode reads a value that is not null, which encoding/json would pass over.
func decode(field string, raw json.RawMessage, to any) error {
	if string(raw) == "null" || json.Unmarshal(raw, to) != nil {
		return badRequest("%s has a value of another type", field)
	}
	return nil
}

func setText(field string, to *string, raw json.RawMessage, most int) error {
	if err := decode(field, raw, to); err != nil {
		return err
	}
	if *to == "" || utf8.RuneCountInString(*to) > most || strings.ContainsRune(*to, 0) {
		return badRequest("%s is a text of 1 to %d characters", field, most)
	}
	return nil
}

func setAssignee(t *Task, raw json.RawMessage) error {
	if string(raw) == "null" {
		t.Assignee = nil
		return nil
	}
	t.Assignee = new(string)
	return setText("assignee", t.Assignee, raw, maxName)
}

func setStatus(t *Task, raw json.RawMessage) error {
	if err := decode("status", raw, &t.Status); err != nil {
		return err
	}
	if t.Status != "open" && t.Status != "done" {
		return badRequest("status is open or done")
	}
	return nil
}

func setPriority(t *Task, raw json.RawMessage) error {
	if err := decode("priority", raw, &t.Priority); err != nil {
		return err
	}
	if t.Priority < 0 || t.Priority > maxPriority {
		return badRequest("priority is from 0 to %d", maxPriority)
	}
	return nil
}

func setPublic(t *Task, raw json.RawMessage) error { return decode("public", raw, &t.Public) }
