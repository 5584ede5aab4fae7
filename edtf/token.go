package edtf

// tokenKind sorts the words and signs of a phrase by what they do in it.
type tokenKind uint8

const (
	tkNone       tokenKind = iota
	tkNumber               // n; digits is how many were written, 0 for a number word
	tkOrdinal              // n: "12th", "first", "첫째", "第一"
	tkDecade               // n: its first year, or under 100 where the century is not stated
	tkCentury              // n
	tkYear                 // n: a year by its marker, 2001년
	tkMonth                // n
	tkDay                  // n: a day of the month by its marker, 12일
	tkWeekday              // n: a Weekday
	tkSeason               // n: a code from 21
	tkQuarter              // n
	tkHalf                 // n
	tkPart                 // n: a yearThird
	tkUnit                 // u
	tkDuration             // n to hi times u: "3개월", "이틀"
	tkFew                  // n to hi
	tkShift                // n: last -1, this 0, next +1
	tkPast                 // the time up to now: "past", "지난", "최근", "近"
	tkRelative             // u moved by n: "yesterday", "작년"
	tkEvent                // reckoned from the event spoken of: u moved by n
	tkAgo                  //
	tkRecent               //
	tkNow                  //
	tkEarlier              // "earlier" this year; n -1, or +1 for later
	tkApprox               //
	tkUncertain            //
	tkFrom                 //
	tkTo                   //
	tkBetween              //
	tkAnd                  //
	tkOr                   //
	tkSince                //
	tkUntil                //
	tkBy                   // at the latest
	tkBefore               //
	tkAfter                //
	tkOnwards              // at or after
	tkAtMost               // at or before
	tkOf                   // "of" and the like, which join
	tkFiller               // words that add nothing
	tkLunar                // n: a LunarCalendar
	tkLeap                 //
	tkFeast                // n: month*100+day in the lunar calendar
	tkLunarDay             // n
	tkEra                  // n: what to add to its years
	tkBC                   //
	tkNight                //
	tkLastNight            //
	tkTime                 // a time of day
	tkLunarMonth           // n
	tkNth                  // makes the number behind it an ordinal
	tkWeekOf               // n: 0 the week of, +1 beginning, -1 ending
	tkDash                 //
	tkTilde                //
	tkSlash                //
	tkDot                  //
	tkComma                //
	tkOpen                 //
	tkClose                //
	tkQuestion             //
	tkApostrophe           //
)

// unit is a stretch of the calendar that phrases count in.
type unit uint8

const (
	noUnit unit = iota
	unitDay
	unitWeek
	unitMonth
	unitSeason
	unitYear
	unitDecade
	unitCentury
	unitHalf
	unitQuarter
)

// token is a word or sign with what it stands for.
type token struct {
	kind   tokenKind
	n, hi  int64
	u      unit
	digits int
	off    int // byte in the phrase as it was given
	end    int
}
