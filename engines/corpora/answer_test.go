package corpora_test

import (
	"encoding/json"
	"io"
)

// answer is what somebody says of a row: a truth of Kleene's, here on its own so
// that nothing under test is its own judge.
type answer int8

const (
	no      answer = -1
	unknown answer = 0 // also what cannot be evaluated: an error is passed over as unknown is
	yes     answer = 1
)

func answerOf(b bool) answer {
	if b {
		return yes
	}
	return no
}

func (a answer) String() string { return [...]string{"false", "unknown", "true"}[a+1] }

func (a answer) not() answer { return -a }

// all is the conjunction: the least of the answers.
func all(answers ...answer) answer {
	least := yes
	for _, a := range answers {
		least = min(least, a)
	}
	return least
}

// some is the disjunction: the greatest of the answers.
func some(answers ...answer) answer {
	greatest := no
	for _, a := range answers {
		greatest = max(greatest, a)
	}
	return greatest
}

// newDecoder reads numbers as they are written.
func newDecoder(r io.Reader) *json.Decoder {
	d := json.NewDecoder(r)
	d.UseNumber()
	return d
}
