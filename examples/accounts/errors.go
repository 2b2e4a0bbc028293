package main

import (
	"errors"
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
)

// translate makes the errors of the policy and of the database answers.
func translate(err error) error {
	var problem *web.Problem
	switch {
	case errors.As(err, &problem): // a handler knows better
		return err
	case err == nil:
		return nil
	case errors.Is(err, roles.ErrNotVisible):
		return web.ErrNotFound
	case errors.Is(err, roles.ErrNotWritable), errors.Is(err, errChanged):
		return web.ErrRefused
	case database.IsForeignKey(err):
		return &web.Problem{Status: http.StatusUnprocessableEntity, Detail: "the body names a row that is not there", Err: err}
	case database.IsUnique(err):
		return &web.Problem{Status: http.StatusConflict, Detail: "another row has this already", Err: err}
	}
	return err
}

// taken says what is taken, where a row was not stored because of another.
func taken(err error, detail string) error {
	if database.IsUnique(err) {
		return &web.Problem{Status: http.StatusConflict, Detail: detail, Err: err}
	}
	return err
}
