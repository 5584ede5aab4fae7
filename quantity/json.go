package quantity

import (
	"encoding/json"
	"fmt"
)

// MarshalJSON writes the count as [Fields].
func (c Count) MarshalJSON() ([]byte, error) { return json.Marshal(c.Fields()) }

// UnmarshalJSON reads [Fields] and refuses what [New] refuses, so a count from
// another installation keeps the invariants too. Unknown members are ignored:
// a later version may add some.
func (c *Count) UnmarshalJSON(b []byte) error {
	var f Fields
	if err := json.Unmarshal(b, &f); err != nil {
		return fmt.Errorf("decode count: %w", err)
	}
	n, err := New(f)
	if err != nil {
		return fmt.Errorf("decode count: %w", err)
	}
	*c = n
	return nil
}

// rateJSON is the stored shape of a rate. The JSON names are stable.
type rateJSON struct {
	Count Count  `json:"count"`
	Every Period `json:"every"`
}

// MarshalJSON writes the count and the period it is per.
func (r Rate) MarshalJSON() ([]byte, error) { return json.Marshal(rateJSON{r.count, r.every}) }

// UnmarshalJSON reads what MarshalJSON writes and refuses what [NewRate]
// refuses.
func (r *Rate) UnmarshalJSON(b []byte) error {
	var j rateJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return fmt.Errorf("decode rate: %w", err)
	}
	n, err := NewRate(j.Count, j.Every)
	if err != nil {
		return fmt.Errorf("decode rate: %w", err)
	}
	*r = n
	return nil
}
