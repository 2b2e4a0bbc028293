package main

import (
	"errors"
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
)

var errNoTokens = errors.New("the service has no keys")

// translate makes every body that does not fit a 400, which callers of this service have
// always got, where others say 422 for some.
func translate(err error) error {
	var problem *web.Problem
	if errors.As(err, &problem) && problem != nil && problem.Status == http.StatusUnprocessableEntity {
		same := *problem
		same.Status = http.StatusBadRequest
		return &same
	}
	return err
}

// callersFault reports whether an error says that nothing was stored because of what was
// asked.
func callersFault(err error) bool {
	var problem *web.Problem
	return errors.Is(err, web.ErrNotFound) || errors.Is(err, web.ErrRefused) ||
		errors.As(err, &problem) && problem != nil && problem.Status < http.StatusInternalServerError
}
