package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// strong refuses what is short, what repeats itself, and what stands in manuals.
func strong(secret string, length int) error {
	if secret == "" {
		return errors.New("is not set")
	}
	if len(secret) < length {
		return fmt.Errorf("is shorter than %d bytes", length)
	}
	letters := []byte(secret)
	slices.Sort(letters)
	if len(slices.Compact(letters)) < 8 {
		return errors.New("has too few different characters")
	}
	for period := 1; period <= len(secret)/2; period++ {
		if strings.HasPrefix(strings.Repeat(secret[:period], len(secret)/period+1), secret) {
			return errors.New("is a short text written several times")
		}
	}
	for _, word := range []string{"secret", "password", "changeme", "change_me", "change-me", "example", "12345678"} {
		if strings.Contains(strings.ToLower(secret), word) {
			return fmt.Errorf("has the word %q in it", word)
		}
	}
	return nil
}
