package names

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompareLevels(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       Level
	}{
		{"one Hangul", "김영순", "김영순", SameCharacters},
		{"gap", "김영순", "김 영순", SameCharacters},
		{"simplified", "金英顺", "金英順", SameCharacters},
		{"full width and case", "ＫＩＭ Yong Sun", "kim yong sun", SameCharacters},
		{"character and Hangul", "金英順", "김영순", SameHangul},
		{"other characters", "金英順", "金永淳", SameHangul},
		{"surname reading of 金", "金金玉", "김금옥", SameHangul},
		{"initial sound", "리철", "이철", NorthSouth},
		{"initial sound inside", "김영련", "김영연", NorthSouth},
		{"initial sound 로/노", "로동철", "노동철", NorthSouth},
		{"DPRK", "김영철", "Kim Yong Chol", Compatible},
		{"Revised", "김영순", "Gim Yeong-sun", Compatible},
		{"McCune-Reischauer", "김영순", "Kim Yŏng-sun", Compatible},
		{"assimilation", "백학림", "Paek Hang-nim", Compatible},
		{"voiced before vowel", "권덕여", "Kwŏn Tŏg-yŏ", Compatible},
		{"breve as caron", "김영순", "Kim Yǒng-sun", Compatible},
		{"the sign decides", "조용하", "Cho Yŏng-ha", Near},
		{"usual surname", "이영순", "Lee Yong Sun", Compatible},
		{"surname last", "박근혜", "Geun-hye Park", Compatible},
		{"comma", "김영순", "Kim, Yong-sun", Compatible},
		{"two romanizations", "Gim Yeong-cheol", "Kim Yong Chol", Compatible},
		{"customary", "김영순", "Kim Young-soon", Ambiguous},
		{"customary and DPRK", "Kim Young-soon", "Kim Yong Sun", Ambiguous},
		{"compound", "남궁옥분", "Namgung Ok-pun", Compatible},
		{"compound in two words", "선우 은숙", "Sonu Un Suk", Compatible},
		{"pinyin", "金英順", "Jin Yingshun", Compatible},
		{"pinyin with tones", "金英順", "Jīn Yīngshùn", Compatible},
		{"pinyin with digits", "金英順", "Jin1 Ying1shun4", Compatible},
		{"Wade-Giles", "金英順", "Chin Ying-shun", Compatible},
		{"Wade-Giles aspirate", "張清泉", "Chang Ch'ing-ch'üan", Compatible},
		{"pinyin and Hangul", "김영순", "Jin Yingshun", Ambiguous},
		{"pinyin and DPRK", "Jin Yingshun", "Kim Yong Sun", Ambiguous},
		{"compound misdivided", "鮮于浹", "Xian Yujia", Compatible},
		{"near", "김종은", "김정은", Near},
		{"near in pinyin", "金英順", "Jin Yinshun", Near},
		{"typing slip", "김영순", "Kim Yonhsun", Near},
		{"given name differs", "김영순", "김철수", SurnameOnly},
		{"surname alone", "김영순", "김씨", SurnameOnly},
		{"title", "Mrs. Kim", "김영순", SurnameOnly},
		{"given name alone", "Young-soon", "김영순", GivenOnly},
		{"initials", "Y.S. Kim", "김영순", Initials},
		{"one initial", "Kim Y.", "Kim Yong Sun", Initials},
		{"initials without stops", "Kim YS", "김영순", Initials},
		{"wrong initials", "Kim P.J.", "김영순", SurnameOnly},
		{"withheld", "김○순", "김영순", Initials},
		{"one Kim", "김모씨", "김영순", Initials},
		{"two scripts at once", "김영순 (金英順)", "Jin Yingshun", Compatible},
		{"characters decide", "김영순(金英順)", "金永順", SameHangul},
		{"age in the name", "Kim Young-soon, about 30", "김영순", Ambiguous},
		{"other surname", "김영순", "박영순", Conflict},
		{"nothing alike", "김영순", "최광호", Conflict},
		{"Western", "John Smith", "Smith, John", Compatible},
		{"Western slip", "John Smith", "Jon Smith", Near},
		{"Western other", "John Smith", "Mary Jones", Conflict},
		{"Western initial", "J. Smith", "John Smith", Initials},
		{"particles", "Ludwig van Beethoven", "Ludwig Beethoven", Compatible},
		{"middle name", "Vladimir Vladimirovich Putin", "Vladimir Putin", Compatible},
		{"Cyrillic", "Владимир Путин", "Vladimir Putin", Compatible},
		{"Cyrillic, other spelling", "Александр Ким-Пак", "Alexander Kim-Pak", Ambiguous},
		{"Arabic", "محمد حسن", "Mohammed Hassan", Ambiguous},
		{"Arabic, two spellings", "Muhammad Hasan", "Mohammed Hassan", Ambiguous},
		{"Vietnamese", "Nguyễn Văn Minh", "Nguyen Van Minh", Compatible},
		{"Burmese", "အောင်ဆန်း", "အောင်ဆန်း", SameCharacters},
		{"no bridge", "အောင်ဆန်း", "Aung San", Incomparable},
		{"Korean and Western", "김영순", "John Smith", Conflict},
		{"empty", "", "김영순", Incomparable},
		{"no letters", "12 - ?", "김영순", Incomparable},
		{"bidi marks", "\u202e김영순\u202c", "김영순", SameCharacters},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := Read(tt.a), Read(tt.b)
			if c := Compare(a, b); c.Level != tt.want {
				t.Errorf("Compare(%q, %q) = %v (%.1f bits), want %v: %s", tt.a, tt.b, c.Level, c.Weight, tt.want, c.Explain())
			}
		})
	}
}

// Weights must fall in the order in which a person would rank the evidence.
func TestWeightOrder(t *testing.T) {
	weight := func(a, b string) float32 { return Compare(Read(a), Read(b)).Weight }
	for _, tt := range []struct{ name, more, more2, less, less2 string }{
		{"rare surname", "황보영철", "황보영철", "김영철", "김영철"},
		{"rare syllables", "김홍련", "김홍련", "김영철", "김영철"},
		{"characters beat Hangul", "金英哲", "金英哲", "김영철", "김영철"},
		{"character known beats guessed", "金英哲", "김영철", "김영철", "金英鐵鐵"},
		{"merged spelling", "조영하", "Cho Yŏng-ha", "조영하", "Cho Yong Ha"},
		{"initials are little", "Kim Yong Chol", "Kim Yong Chol", "Kim Y. C.", "Kim Yong Chol"},
		{"near is less", "김정은", "김정은", "김정은", "김종은"},
		{"conflict is least", "김정은", "김종은", "김정은", "박철수"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			more, less := weight(tt.more, tt.more2), weight(tt.less, tt.less2)
			if more <= less {
				t.Errorf("weight(%s, %s) = %.1f, want above weight(%s, %s) = %.1f", tt.more, tt.more2, more, tt.less, tt.less2, less)
			}
		})
	}
}

func TestExplain(t *testing.T) {
	tests := []struct{ name, a, b, want string }{
		{"DPRK", "김영철", "Kim Yong Chol", "김 = kim, DPRK spelling; 영 = yong, DPRK spelling; 철 = chol, DPRK spelling. Two people's names agree so about once in 5,300 pairs."},
		{"characters", "金英", "김영", "金 read 김; 英 read 영. Two people's names agree so about once in 140 pairs."},
		{"characters and Latin", "金英哲", "Kim Yong Chol", "金 read 김 = kim, DPRK spelling; 英 read 영 = yong, DPRK spelling; 哲 read 철 = chol, DPRK spelling. Two people's names agree so about once in 5,300 pairs."},
		{"conflict", "김영순", "박철수", "김 and 박 differ; 영 and 철 differ; 순 and 수 differ. This is about 16,000 times likelier between two people than within one."},
		{"nothing", "", "김영순", "The names cannot be compared."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Compare(Read(tt.a), Read(tt.b)).Explain()); diff != "" {
				t.Errorf("Explain mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompareAllocatesNothing(t *testing.T) {
	list := sampleNames()
	got := testing.AllocsPerRun(20, func() {
		for _, a := range list {
			for _, b := range list {
				Compare(a, b)
			}
		}
	})
	if got != 0 {
		t.Errorf("comparing %d names with one another allocated %.0f times, want 0", len(list), got)
	}
}

func sampleNames() []*Name {
	var list []*Name
	for _, s := range []string{
		"김영순", "金英順", "Kim Yong Sun", "Kim Young-soon", "리철", "Lee Chul", "김영철", "Kim Yong Chol", "박근혜", "Park Geun-hye",
		"Jin Yingshun", "Ri Yong Ho", "Chung Min Lee", "崔英哲", "최영철", "Choe Ryong Hae", "Y.S. Kim", "김○순", "John Smith", "Владимир Путин", "محمد حسن",
	} {
		list = append(list, Read(s))
	}
	return list
}

func TestProbability(t *testing.T) {
	same, other := Compare(Read("황보영철"), Read("황보영철")), Compare(Read("김영철"), Read("박순희"))
	for _, tt := range []struct {
		name     string
		c        Comparison
		prior    float64
		min, max float64
	}{
		{"rare name", same, DefaultPrior, 0.95, 1},
		{"conflict", other, DefaultPrior, 0, 1e-5},
		{"certain prior", other, 1, 1, 1},
		{"impossible prior", same, 0, 0, 0},
		{"prior out of range", same, 7, 1, 1},
		{"nothing known", Compare(Read(""), Read("")), 0.25, 0.25, 0.25},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.c.Probability(tt.prior); got < tt.min || got > tt.max {
				t.Errorf("Probability(%g) = %g, want between %g and %g", tt.prior, got, tt.min, tt.max)
			}
		})
	}
}
