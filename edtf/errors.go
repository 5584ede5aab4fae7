package edtf

import (
	"strconv"
	"strings"
)

// SyntaxError says what is wrong with a text that was to be a date, where, and
// what to do about it.
type SyntaxError struct {
	// Input is the text as it was given.
	Input string
	// Offset is the byte, counted from 0, where the trouble starts.
	Offset int
	// Problem is a sentence without a full stop.
	Problem string
}

// shownInput bounds how much of a wrong input an error repeats.
const shownInput = 80

// Error gives the sentence with the input and the byte position.
func (e *SyntaxError) Error() string {
	in := e.Input
	if len(in) > shownInput {
		in = strings.ToValidUTF8(in[:shownInput], "") + "…"
	}
	return "date " + strconv.Quote(in) + ": byte " + strconv.Itoa(e.Offset) + ": " + e.Problem
}

// problem is an error before the whole input is known to the code that found
// it. It is a concrete type so that the happy path allocates nothing.
type problem struct {
	offset int
	text   string
}

func trouble(offset int, text string) *problem { return &problem{offset: offset, text: text} }

func (p *problem) in(input string) error {
	return &SyntaxError{Input: input, Offset: p.offset, Problem: p.text}
}
