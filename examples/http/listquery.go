package main

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The lengths of a page, and of what it is sorted by.
const (
	defaultLimit = 20
	maxLimit     = 100
	maxSortKeys  = 3
)

// listQuery is what a caller wants of a list, beside what the caller may see of it.
type listQuery struct {
	filter spec.Specification
	sort   []spec.SortKey // ends with the id, so that no two rows are equal
	after  spec.Specification
	limit  int
}

// parseList reads the query of a URL: limit, sort and after, and everything else as a
// filter, of the fields that the caller may read and no others. Each error is the
// caller's.
func parseList(raw string, readable []string) (q listQuery, err error) {
	query, err := url.ParseQuery(raw) // r.URL.Query would leave out what it cannot read
	if err != nil {
		return q, badRequest("the query cannot be read")
	}
	limit, sort, after := query["limit"], query["sort"], query["after"]
	for _, name := range []string{"limit", "sort", "after"} {
		if len(query[name]) > 1 {
			return q, badRequest("%s stands twice", name)
		}
		delete(query, name)
	}
	if q.filter, err = parseFilter(query, readable); err != nil {
		return q, err
	}
	if q.limit, err = parseLimit(limit); err != nil {
		return q, err
	}
	if q.sort, err = parseSort(sort, readable); err != nil {
		return q, err
	}
	q.after, err = parseAfter(after, q.sort)
	return q, err
}

// parseFilter compiles the filter by itself, so that what SQLite cannot do is the
// caller's mistake, and whatever fails later is not.
func parseFilter(query url.Values, readable []string) (spec.Specification, error) {
	filter, err := spec.FromQuery(query, tasks.Schema(), readable...)
	if err == nil {
		_, _, err = tasks.SQL(filter, sqlspec.SQLite)
	}
	if err != nil {
		return spec.None(), badRequest("filter: %v", err)
	}
	return filter, nil
}

func parseLimit(limit []string) (int, error) {
	if len(limit) == 0 {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(limit[0])
	if err != nil || n < 1 || n > maxLimit {
		return 0, badRequest("limit is a number from 1 to %d", maxLimit)
	}
	return n, nil
}

func parseSort(sort, readable []string) ([]spec.SortKey, error) {
	id := spec.SortKey{Field: "id"}
	if len(sort) == 0 {
		return []spec.SortKey{id}, nil
	}
	keys := strings.Split(sort[0], ",")
	if len(keys) > maxSortKeys {
		return nil, badRequest("sort takes at most %d fields", maxSortKeys)
	}
	read, err := spec.SortKeys(keys, ordered(readable)...)
	if err != nil {
		return nil, badRequest("sort: %v", err)
	}
	for _, key := range read {
		if key.Field == id.Field {
			return read, nil
		}
	}
	return append(read, id), nil
}

// ordered returns the fields that have an order, which the labels of an enum have not.
func ordered(fields []string) (with []string) {
	for _, name := range fields {
		if f, _ := tasks.Schema().Field(name); len(f.Labels) == 0 {
			with = append(with, name)
		}
	}
	return with
}
