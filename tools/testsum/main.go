// Testsum reads what go test -json prints, and says what people want to know.
//
//	go test -json ./... | testsum >counts
//
// To standard error goes a line for every package, the output of all that
// failed, and the reason of every skip; to standard output, at the end, three
// numbers: passed, failed, skipped. Subtests count. What fails without naming a
// test, such as a package that does not build, and a test that never ends count
// as failed.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	s := newSummary(os.Stderr)
	if err := s.read(os.Stdin); err != nil {
		log.Fatal("testsum: ", err)
	}
	fmt.Println(s.passed, s.failed, s.skipped)
}
