package extract

import "testing"

func TestNumberFormats(t *testing.T) {
	tests := []struct {
		format numberFormat
		n      int
		want   string
	}{
		{formatDecimal, 12, "12"},
		{formatLower, 26, "z"}, {formatUpper, 27, "AA"}, {formatUpper, 300, "300"},
		{formatLowerRoman, 4, "iv"}, {formatUpperRoman, 1999, "MCMXCIX"},
		{formatGanada, 3, "다"}, {formatGanada, 15, "15"},
		{formatChinese, 3, "三"}, {formatChinese, 10, "十"}, {formatChinese, 21, "二十一"}, {formatChinese, 100, "100"},
		{formatLower, 0, "0"}, {formatUpperRoman, -3, "-3"}, {formatUpperRoman, 1 << 30, "1073741824"},
		{"ordinalText", 2, "2"},
	}
	for _, tt := range tests {
		if got := tt.format.format(tt.n); got != tt.want {
			t.Errorf("%s of %d = %q, want %q", tt.format, tt.n, got, tt.want)
		}
	}
}

func TestListCount(t *testing.T) {
	style := &listStyle{
		{format: formatDecimal, pattern: "%1.", start: 1},
		{format: formatBullet, start: 1},
		{format: formatLower, pattern: "%1-%2-%3)", start: 2},
		{},
	}
	var c listCount
	for i, step := range []struct {
		level int
		want  string
	}{{2, "1-1-b) "}, {0, "1. "}, {1, "- "}, {2, "1-1-b) "}, {2, "1-1-c) "}, {3, ""}, {0, "2. "}, {-5, "3. "}, {99, ""}} {
		if got := c.next(style, step.level); got != step.want {
			t.Errorf("step %d, level %d = %q, want %q", i, step.level, got, step.want)
		}
	}
}
