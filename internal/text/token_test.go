package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"ascii", "Border Guards", "border guards"},
		{"mccune-reischauer", "Ch'ŏngjin, Hamgyŏngbuk-to, Ŭiju", "ch'ongjin, hamgyongbuk-to, uiju"},
		{"typographic apostrophe", "Ch’ŏngjin", "ch'ongjin"},
		{"vietnamese", "Thành phố Hồ Chí Minh, Đắk Nông", "thanh pho ho chi minh, dak nong"},
		{"vietnamese decomposed", norm.NFD.String("Nguyễn Thị Ngọc"), "nguyen thi ngoc"},
		{"pinyin", "Túmén, Lǚshùn", "tumen, lushun"},
		{"strokes and ligatures", "Łódź Østfold Þór Straße ŒUVRE Ægir", "lodz ostfold thor strasse oeuvre aegir"},
		{"typeset ligatures", "oﬃce ﬁle", "office file"},
		{"turkish", "İstanbul DIYARBAKIR ığdır", "istanbul diyarbakir igdir"},
		{"wide", "ＴＵＭＥＮ　２０２３", "tumen 2023"},
		{"narrow kana", "ｶﾞｲﾄﾞ", "ガイド"},
		{"kana keep voicing", "がか", "がか"},
		{"kana decomposed", norm.NFD.String("がぎ"), "がぎ"},
		{"conjoining jamo", norm.NFD.String("강제송환"), "강제송환"},
		{"enclosed", "㈜대한 ①②", "(주)대한 12"},
		{"compatibility han", "李\uf9e1 \uf90a", "李李 金"},
		{"han stay apart", "遣返 遣送 国國", "遣返 遣送 国國"},
		{"arabic marks", "مُحَمَّد إِبْرَاهِيم", "محمد ابراهيم"},
		{"arabic presentation forms", "ﻣﺤﻤﺪ", "محمد"},
		{"arabic stretched", "محـــمد", "محمد"},
		{"persian keyboard", "کیف", "كيف"},
		{"persian joiner", "می\u200cخواهم", "ميخواهم"},
		{"hebrew points", "שָׁלוֹם", "שלום"},
		{"digits of other scripts", "٢٠٢٣ ۱۹۹۵ २०२४ 𝟙𝟚", "2023 1995 2024 12"},
		{"cyrillic keeps its letters", "Йемен, ещё", "йемен, еще"},
		{"cyrillic stress", "за\u0301мок", "замок"},
		{"greek", "Ἀθῆναι ΟΔΟΣ Λέσβος", "αθηναι οδοσ λεσβοσ"},
		{"thai keeps vowels", "กำแพง", "กําแพง"},
		{"devanagari keeps vowels", "हिन्दी", "हिन्दी"},
		{"direction marks", "a\u202eb\u200fc\u2066d", "abcd"},
		{"controls", "a\x00b\x1bc", "abc"},
		{"soft hyphen", "de\u00adport", "deport"},
		{"white space", "  a\t\r\n\u00a0b\u3000 ", "a b"},
		{"lone marks", "\u0301a", "a"},
		{"not utf-8", "a\xff\xfeb", "a��b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Fold(tt.in); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "The police, on 12 October 2023.", "the police on 12 october 2023"},
		{"hyphens separate", "re-education, 2023-10-09", "re education 2023 10 09"},
		{"apostrophe in a romanization", "Ch'ŏngjin T’aean P`yŏng", "chongjin taean pyong"},
		{"possessive", "Kim's China’s PRC'S", "kim china prc"},
		{"not a possessive", "it'size 's s's sun's'", "itsize s s sun"},
		{"contractions", "don't O'Brien rock'n'roll", "dont obrien rocknroll"},
		{"elision", "l'homme d'État qu'il aujourd'hui dell'Aquila", "l homme d etat qu il aujourdhui dell aquila"},
		{"quotes", "'quoted' ‘words’ refugees' x''y", "quoted words refugees x y"},
		{"ayn and hamza", "ʿAbd al-Raʾūf", "abd al rauf"},
		{"decade", "the '90s and class'95", "the 90s and class 95"},
		{"korean", "강제송환을 했다", "강제 제송 송환 환을 을 했다 다"},
		{"one character", "강 건너", "강 건너 너"},
		{"chinese", "遣返朝鲜人。", "遣返 返朝 朝鲜 鲜人 人"},
		{"han and hangul in one run", "北韓으로", "北韓 韓으 으로 로"},
		{"digits next to hangul", "2023년 10월9일", "2023 년 10 월 9 일"},
		{"latin next to han", "TCL公司", "tcl 公司 司"},
		{"japanese", "ハーグ条約", "ハー ーグ グ条 条約 約"},
		{"decomposed korean", norm.NFD.String("송환"), "송환 환"},
		{"run over a soft hyphen", "강제\u00ad송환", "강제 제송 송환 환"},
		{"zero-width space separates", "강제\u200b송환", "강제 제 송환 환"},
		{"expanded ligature", "㈜대한", "주 대한 한"},
		{"arabic", "مُحَمَّد", "محمد"},
		{"emoji", "a👨‍👩‍👧b🇰🇷c", "a b c"},
		{"private use separates", "a\ue000b", "a b"},
		{"variation selectors", "葛\U000e0100城", "葛城 城"},
		{"nothing", " .,-!?' ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := IndexText(tt.in); got != tt.want {
				t.Errorf("IndexText(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTokensOfMarkedScripts(t *testing.T) {
	// Marks are spelled in private-use characters, which only must be the same
	// for the same letters.
	for _, s := range []string{"हिन्दी", "བོད་ལྗོངས", "ประเทศไทย", "မြန်မာ", "កម្ពុជា", "አስመራ"} {
		index := IndexText(s)
		for _, r := range index {
			if r != ' ' && !unicode.In(r, unicode.L, unicode.N, unicode.Co) {
				t.Errorf("IndexText(%q) = %q holds %U", s, index, r)
			}
		}
		if index == "" || index != IndexText(norm.NFD.String(s)) {
			t.Errorf("IndexText(%q) = %q, and %q decomposed", s, index, IndexText(norm.NFD.String(s)))
		}
	}
	if a, b := IndexText("हिन्दी"), IndexText("हन्द"); a == b || strings.Contains(a, " ") {
		t.Errorf("vowel signs are lost or cut: %q, %q", a, b)
	}
}

func TestTokenPlaces(t *testing.T) {
	s := "Ŏ " + norm.NFD.String("é") + "tat ﬁn. " + norm.NFD.String("강제") + "송환 Kim's l'un"
	var got []string
	for _, tok := range Tokens(s) {
		got = append(got, tok.Text+"="+norm.NFC.String(s[tok.Start:tok.End]))
	}
	want := []string{"o=Ŏ", "etat=état", "fin=ﬁn", "강제=강제", "제송=제송", "송환=송환", "환=환", "kim=Kim", "l=l", "un=un"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestLongWordsAreCut(t *testing.T) {
	long := strings.Repeat("A", 10_000)
	got := Tokens(long + " b")
	if len(got) != 2 || len(got[0].Text) != maxWordRunes || got[0].End != 10_000 {
		t.Fatalf("tokens of a long word: %d, the first of %d letters up to %d", len(got), len(got[0].Text), got[0].End)
	}
	q, err := Parse(long[:3000])
	if err != nil || !Match(q, got) {
		t.Errorf("the long word is not found: %v", err)
	}
}

// scripts holds letters, marks and signs of many kinds for generated texts.
var scripts = []rune("abAB'’-012 \n.\"*|éŎßﬁİ\u0301\u0308강제송환가각ᄀ\u1161\u11a8ㅏ中国國々がカﾞｶー" +
	"йё\u0306محمد\u064f\u0640أשל\u05b8कि\u094dไทยཀ\u0f72ក\u17d2\u200b\u200d\u202e\u00ad\x00\ue000😀🇰🇷\ufe0f①㈜ﷺ½")

// anyText draws text from these, or any characters at all.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom(scripts), 0, 40, -1),
		rapid.StringN(0, 20, -1),
	)
}

func TestTokenLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "text")
		tokens := Tokens(s)
		var texts []string
		for i, tok := range tokens {
			texts = append(texts, tok.Text)
			if tok.Text == "" || tok.Start >= tok.End || tok.End > len(s) {
				t.Fatalf("token %d is %+v", i, tok)
			}
			if i > 0 && (tok.Start < tokens[i-1].Start || tok.End < tokens[i-1].End) {
				t.Fatalf("token %+v after %+v", tok, tokens[i-1])
			}
			if !utf8.ValidString(tok.Text) || utf8.ValidString(s) && !utf8.ValidString(s[tok.Start:tok.End]) {
				t.Fatalf("token %+v cuts a character", tok)
			}
			for _, r := range tok.Text {
				if r >= utf8.RuneSelf && !isSafe(r) && !unicode.Is(unicode.Co, r) || r < utf8.RuneSelf && asciiClass[r] != word {
					t.Fatalf("token %+q holds %U", tok.Text, r)
				}
			}
		}
		if got := strings.Join(texts, " "); got != IndexText(s) {
			t.Fatalf("Tokens gives %q, IndexText %q", got, IndexText(s))
		}
	})
}

func TestFoldLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "text")
		folded := Fold(s)
		if again := Fold(folded); again != folded {
			t.Fatalf("Fold(%+q) = %+q, folded again %+q", s, folded, again)
		}
		if got, want := Fold(norm.NFD.String(s)), folded; utf8.ValidString(s) && got != want {
			t.Fatalf("Fold of %+q decomposed is %+q, composed %+q", s, got, want)
		}
	})
}

func TestUpperAndLowerCaseFoldAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom(nil, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian), 0, 10, -1).Draw(t, "text")
		// Letters whose capital is another letter or several are left out:
		// ŉ, dotless i, and the like; the tables have them.
		// So are the rounded and tall letters of old Slavonic print (U+1C80 and
		// on), whose capitals are those of ordinary letters.
		if !strings.EqualFold(strings.ToUpper(s), s) || strings.ContainsFunc(s, func(r rune) bool { return r >= 0x1C80 && r <= 0x1C8A }) {
			t.Skip()
		}
		if a, b := IndexText(strings.ToUpper(s)), IndexText(strings.ToLower(s)); a != b {
			t.Fatalf("%q: upper case gives %q, lower case %q", s, a, b)
		}
	})
}

// TestFastWaysAgree compares the short cuts of the folder with the long way.
func TestFastWaysAgree(t *testing.T) {
	for r := rune(0); r <= 0x2FFFF; r++ {
		if 0xD800 <= r && r <= 0xDFFF {
			continue
		}
		// A joiner that is dropped forces the long way, for it is no ASCII
		// and starts no segment that is known.
		f := newFolder(string(r))
		fast := drain(&f)
		f = newFolder(string(r) + "\u200d")
		slow := drain(&f)
		for i := range slow {
			slow[i].start, slow[i].end = 0, len(string(r))
		}
		if diff := cmp.Diff(fmt.Sprint(slow), fmt.Sprint(fast)); diff != "" {
			t.Errorf("%U folds otherwise alone (-long +short):\n%s", r, diff)
		}
		if u, alone, ok := foldAlone(r); ok && classify(u) != alone {
			t.Errorf("%U has class %d alone, %d by the tables", r, alone, classify(u))
		}
	}
}

// drain lists the units of a text that count.
func drain(f *folder) []unit {
	var units []unit
	for {
		u, ok := f.next()
		if !ok {
			return units
		}
		if u.class != dropped {
			units = append(units, u)
		}
	}
}

// TestSegmentStarts asks the normalization tables about each character that the
// folder takes for the start of a segment.
func TestSegmentStarts(t *testing.T) {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		s := string(r)
		if startsSegment(s) && utf8.RuneLen(r) > 0 && !norm.NFKC.PropertiesString(s).BoundaryBefore() {
			t.Errorf("%U can join what comes before it", r)
		}
	}
}

func TestDigits(t *testing.T) {
	for _, zero := range []rune{0x0660, 0x06F0, 0x07C0, 0x0966, 0x0E50, 0x0F20, 0x1040, 0x17E0, 0x1A80, 0x1A90, 0xFF10, 0x104A0, 0x1E950} {
		for n := range rune(10) {
			if got := Fold(string(zero + n)); got != string('0'+n) {
				t.Errorf("Fold(%U) = %q, want %d", zero+n, got, n)
			}
		}
	}
	for _, rg := range unicode.Nd.R16 {
		if (rg.Hi-rg.Lo+1)%10 != 0 || rg.Stride != 1 {
			t.Errorf("digits %U to %U are not rows of ten", rg.Lo, rg.Hi)
		}
	}
	for _, rg := range unicode.Nd.R32 {
		if (rg.Hi-rg.Lo+1)%10 != 0 || rg.Stride != 1 {
			t.Errorf("digits %U to %U are not rows of ten", rg.Lo, rg.Hi)
		}
	}
}

// sampleText is running text in the scripts of our sources, invented.
const sampleText = `On the night of 9 October 2023 several hundred people were taken across the Tumen at Namyang, two witnesses said. ` +
	`2023년 10월 9일 밤, 목격자 두 사람은 수백 명이 남양으로 넘겨졌다고 말했다. 가족은 그들의 소식을 듣지 못했다. ` +
	`目击者称，十月九日夜间有数百人经图们口岸被遣返。家属至今没有消息。 ` +
	`Hàng trăm người đã bị đưa qua biên giới trong đêm, theo lời hai nhân chứng từ Ch'ŏngjin. ` +
	`Свидетели сообщили, что ночью сотни людей были переданы через границу. ` +
	`وقال شاهدان إن مئات الأشخاص نُقلوا عبر الحدود ليلا. ` + "\n"

func BenchmarkIndexText(b *testing.B) {
	for _, bm := range []struct{ name, text string }{
		{"mixed", sampleText},
		{"english", sampleText[:strings.Index(sampleText, "2023년")]},
		{"korean", "2023년 10월 9일 밤, 목격자 두 사람은 수백 명이 남양으로 넘겨졌다고 말했다. 가족은 그들의 소식을 듣지 못했다. "},
		{"russian", "Свидетели сообщили, что ночью сотни людей были переданы через границу. "},
		{"decomposed", norm.NFD.String(sampleText)},
	} {
		b.Run(bm.name, func(b *testing.B) {
			s := strings.Repeat(bm.text, 50)
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				IndexText(s)
			}
		})
	}
}

func BenchmarkTokens(b *testing.B) {
	s := strings.Repeat(sampleText, 50)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Tokens(s)
	}
}

// FuzzTokens checks that no bytes, text or not, break the tokens' promises.
func FuzzTokens(f *testing.F) {
	f.Add(sampleText)
	f.Add("\xff강\x80\u0301" + strings.Repeat("\u1161", 60))
	f.Fuzz(func(t *testing.T, s string) {
		tokens := Tokens(s)
		for i, tok := range tokens {
			if tok.Text == "" || !utf8.ValidString(tok.Text) || tok.Start >= tok.End || tok.End > len(s) || i > 0 && tok.Start < tokens[i-1].Start {
				t.Fatalf("token %d is %+v", i, tok)
			}
		}
		if s != "" {
			checkPassages(t, s)
		}
		if !utf8.ValidString(Fold(s)) {
			t.Fatalf("Fold(%q) is not UTF-8", s)
		}
	})
}
