package main

import "reflect"

// change is what a row has of a name before a change and after it.
type change struct {
	name          string
	before, after any
}

// changed names the fields that are different.
func changed(fields ...change) (names []string) {
	for _, f := range fields {
		if !reflect.DeepEqual(f.before, f.after) {
			names = append(names, f.name)
		}
	}
	return names
}
