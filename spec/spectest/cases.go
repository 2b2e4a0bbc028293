package spectest

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Cases returns the named cases, each with the reason for which it is there:
// every operator and every kind, what is null and what is empty, and whatever was
// seen to be answered wrongly by an engine or by a program that writes its SQL.
// Names are unique.
func Cases() []Case {
	return slices.Concat(
		logicCases, emptyCases, nullCases, memberCases,
		boolCases, intCases, uintCases, floatCases, decimalCases, centsCases,
		textCases, sealedCases, orderCases, partCases, wildcardCases, foldCases, patternCases, pathCases,
		bytesCases, timeCases, dateCases, uuidCases, enumCases,
		listCases, overlapCases, listValueCases, fieldCases, nestedCases,
		anyCases, ownerCases, farCases, nestedRowCases, treeCases, foundCases,
	)
}

// ask is a case over the usual fields.
func ask(name, reason string, s spec.Specification, rows []Row, want string) Case {
	return Case{Name: name, Reason: reason, Spec: s, Rows: rows, Want: want}
}

// each makes a row of each value of one field; the first has the id 1.
func each(field string, values ...any) []Row {
	rows := make([]Row, len(values))
	for i, v := range values {
		rows[i] = Row{}
		Set(rows[i], field, v)
	}
	return number(rows...)
}

// number gives rows their ids, from 1.
func number(rows ...Row) []Row {
	for i, r := range rows {
		r["id"] = int64(i + 1)
	}
	return rows
}

// spectest is this package for the cases that were printed by it: they say
// spectest.List, and compile here as they are.
var spectest = struct{ List func(...any) spec.Value }{List}

// foundCases are failures as the kit printed them, with a reason.
var foundCases = []Case{}
