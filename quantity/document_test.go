package quantity_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylon/quantity"
)

// TestReadDocument reads every number phrase of a real news release, as it
// stands there.
func TestReadDocument(t *testing.T) {
	dir := os.Getenv("ASYLON_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "documents", "000_29f61ea2b0379000.txt"))
	if err != nil {
		t.Skipf("the news release is not here (set ASYLON_DATA to the data folder): %v", err)
	}
	text := strings.Join(strings.Fields(string(raw)), " ")
	for _, test := range []phraseTest{
		{"Hundreds of North Koreans", "200..999 persons magnitude"},
		{"hundreds of North Korean asylum-seekers", "200..999 persons magnitude"},
		{"Tens of thousands of starving North Koreans", "20000..99999 persons magnitude"},
		{"some North Korean women", "2.. persons plural"},
		{"around 50 North Koreans were being deported every two days", `45..55 =50 persons about /P2D | unread "were being deported"`},
		{"a family of seven North Korean refugees", "7..7 =7 persons exact | one-group 1..1 =1 families"},
		{"all North Koreans", "error share"},
	} {
		if !strings.Contains(text, test.phrase) {
			t.Errorf("the news release does not say %q", test.phrase)
			continue
		}
		checkPhrases(t, quantity.English, []phraseTest{test})
	}
}
