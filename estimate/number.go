package estimate

import (
	"encoding/json"
	"math"
)

// A Number is a quantity that may be missing: NaN when there is none, infinite
// when it has no bound. JSON has neither and gets null for both.
type Number float64

// Missing is the Number there is not.
func Missing() Number { return Number(math.NaN()) }

// Known reports whether there is a finite number.
func (n Number) Known() bool { return !math.IsNaN(float64(n)) && !math.IsInf(float64(n), 0) }

// MarshalJSON writes null for what is not known.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// UnmarshalJSON reads null as missing.
func (n *Number) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*n = Missing()
		return nil
	}
	return json.Unmarshal(data, (*float64)(n))
}

// Rounded returns the number to two significant figures, the most that a
// published estimate of this kind can bear. Infinite and missing numbers stay.
func (n Number) Rounded() Number {
	x := float64(n)
	if !n.Known() || x == 0 {
		return n
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-1)
	return Number(math.Round(x/unit) * unit)
}
