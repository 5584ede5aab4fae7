package exact

import (
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

func TestInterior(t *testing.T) {
	tests := []struct {
		name           string
		k              int
		positive, zero []Column
		want           bool
	}{
		{"nothing missing", 2, []Column{{1, 0}}, nil, true},
		{"positive columns span", 2, []Column{{1, 0}, {1, 1}}, []Column{{0, 1}}, true},
		{"zero column sticks out", 2, []Column{{1, 0}}, []Column{{0, 1}}, false},
		{"zero columns balance", 2, []Column{{1, 0}}, []Column{{0, 1}, {1, -1}}, true},
		{"one of three sticks out", 3, []Column{{1, 0, 0}}, []Column{{0, 1, 0}, {0, -1, 0}, {0, 0, 1}}, false},
		{"three directions balance", 3, []Column{{1, 0, 0}}, []Column{{0, 1, 0}, {0, 0, 1}, {5, -2, -3}}, true},
		{"half plane", 3, []Column{{1, 0, 0}}, []Column{{0, 1, 0}, {0, -1, 1}, {0, 0, 1}}, false},
		{"only inside the span", 2, []Column{{1, 0}, {2, 0}}, []Column{{3, 0}}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Interior(tt.k, tt.positive, tt.zero); got != tt.want {
				t.Errorf("Interior = %v, want %v", got, tt.want)
			}
		})
	}
}

// column draws a column of k small entries.
func column(k int) *rapid.Generator[Column] {
	return rapid.Custom(func(t *rapid.T) Column {
		return rapid.SliceOfN(rapid.Int64Range(-2, 2), k, k).Draw(t, "column")
	})
}

func TestSpansAgreesWithSingularValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 5).Draw(t, "k")
		cols := rapid.SliceOfN(column(k), 1, 8).Draw(t, "columns")
		m := mat.NewDense(k, len(cols), nil)
		for j, c := range cols {
			for i, x := range c {
				m.Set(i, j, float64(x))
			}
		}
		var svd mat.SVD
		if !svd.Factorize(m, mat.SVDNone) {
			t.Skip("no singular values")
		}
		if got, want := Spans(k, cols), svd.Rank(1e-9) == k; got != want {
			t.Errorf("Spans = %v, want %v", got, want)
		}
	})
}

// A vector y that is zero on the positive columns, nowhere negative and
// somewhere positive on the zero columns proves that no interior exists
// (Farkas); on a small grid of candidates none may contradict the answer yes.
func TestInteriorHasNoWitnessAgainst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positive := rapid.SliceOfN(column(3), 1, 2).Draw(t, "positive")
		zero := rapid.SliceOfN(column(3), 1, 5).Draw(t, "zero")
		inside := Interior(3, positive, zero)
		for a := int64(-6); a <= 6; a++ {
			for b := int64(-6); b <= 6; b++ {
				for c := int64(-6); c <= 6; c++ {
					if against([]int64{a, b, c}, positive, zero) && inside {
						t.Fatalf("inside, but (%d, %d, %d) separates", a, b, c)
					}
				}
			}
		}
	})
}

func against(y []int64, positive, zero []Column) bool {
	product := func(c Column) int64 { return y[0]*c[0] + y[1]*c[1] + y[2]*c[2] }
	for _, c := range positive {
		if product(c) != 0 {
			return false
		}
	}
	some := false
	for _, c := range zero {
		p := product(c)
		if p < 0 {
			return false
		}
		some = some || p > 0
	}
	return some
}

// Adding the missing opposite of every zero column always restores balance.
func TestOppositesBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positive := rapid.SliceOfN(column(4), 0, 2).Draw(t, "positive")
		zero := rapid.SliceOfN(column(4), 1, 5).Draw(t, "zero")
		both := append([]Column{}, zero...)
		for _, c := range zero {
			o := make(Column, len(c))
			for i, x := range c {
				o[i] = -x
			}
			both = append(both, o)
		}
		if !Interior(4, positive, both) {
			t.Error("columns with their opposites do not balance")
		}
	})
}

func BenchmarkInterior(b *testing.B) {
	// A cone of 6 dimensions of which the positive columns span 2.
	positive := []Column{{1, 0, 0, 0, 0, 0}, {1, 1, 0, 0, 0, 0}}
	var zero []Column
	for w := range 64 {
		c := make(Column, 6)
		for i := range c {
			c[i] = int64(w >> i & 1)
		}
		zero = append(zero, c)
	}
	for b.Loop() {
		Interior(6, positive, zero)
	}
}
