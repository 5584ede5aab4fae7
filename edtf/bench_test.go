package edtf

import "testing"

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"2001-06-12", "2001-06", "2001", "2001-06-12~", "199X", "2001-22", "2001-03/2001-06",
		"[2001-07-21..2001-07-31]", "156X-02-29"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkBounds(b *testing.B) {
	d := MustParse("2001-03/2001-06")
	var sum Day
	for b.Loop() {
		sum += d.Latest() - d.Earliest()
	}
	if sum == 0 {
		b.Fatal("no days")
	}
}

func BenchmarkCompare(b *testing.B) {
	summer := Span{DayOf(2001, 6, 1), DayOf(2001, 8, 31)}
	for _, s := range []string{"2001-06-12", "2001-03/2001-06", "[2001-06-12,2001-12-06]"} {
		d := MustParse(s)
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Overlaps(summer)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, ref := range []string{"2001-08-15", "2001-08"} {
		reference := Reference{Date: MustParse(ref)}
		for _, s := range []string{"12 June 2001", "2001년 6월 말", "end of July", "yesterday", "past few years"} {
			b.Run(ref+"/"+s, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Read(s, reference); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkText(b *testing.B) {
	d := MustParse("2001-03/2001-06")
	for _, lang := range []Lang{English, Korean, Chinese} {
		b.Run(string(lang), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Text(lang)
			}
		})
	}
}

func BenchmarkCivil(b *testing.B) {
	d := DayOf(2001, 6, 12)
	for b.Loop() {
		y, m, n := d.Civil()
		if DayOf(y, m, n) != d {
			b.Fatal("not the same day")
		}
	}
}
