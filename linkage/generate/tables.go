package generate

// A surname with its share in 1,000, in the writings that lists use.
type surname struct {
	share                                                 int
	north, south, hanja, pinyin, dprk, revised, customary string
}

// surnames of the North; the shares are round numbers in the order of the
// Korean census.
var surnames = []surname{
	{215, "김", "김", "金", "jin", "Kim", "Gim", "Kim"},
	{147, "리", "이", "李", "li", "Ri", "I", "Lee"},
	{84, "박", "박", "朴", "piao", "Pak", "Bak", "Park"},
	{52, "최", "최", "崔", "cui", "Choe", "Choe", "Choi"},
	{44, "정", "정", "鄭", "zheng", "Jong", "Jeong", "Jung"},
	{30, "강", "강", "姜", "jiang", "Kang", "Gang", "Kang"},
	{28, "조", "조", "趙", "zhao", "Jo", "Jo", "Cho"},
	{25, "윤", "윤", "尹", "yin", "Yun", "Yun", "Yoon"},
	{25, "장", "장", "張", "zhang", "Jang", "Jang", "Chang"},
	{23, "림", "임", "林", "lin", "Rim", "Im", "Lim"},
	{20, "한", "한", "韓", "han", "Han", "Han", "Han"},
	{18, "오", "오", "吳", "wu", "O", "O", "Oh"},
	{18, "서", "서", "徐", "xu", "So", "Seo", "Suh"},
	{17, "신", "신", "申", "shen", "Sin", "Sin", "Shin"},
	{16, "황", "황", "黃", "huang", "Hwang", "Hwang", "Hwang"},
	{15, "안", "안", "安", "an", "An", "An", "Ahn"},
	{15, "송", "송", "宋", "song", "Song", "Song", "Song"},
	{14, "류", "유", "柳", "liu", "Ryu", "Yu", "Yoo"},
	{13, "홍", "홍", "洪", "hong", "Hong", "Hong", "Hong"},
	{13, "전", "전", "全", "quan", "Jon", "Jeon", "Chun"},
	{11, "고", "고", "高", "gao", "Ko", "Go", "Koh"},
	{11, "문", "문", "文", "wen", "Mun", "Mun", "Moon"},
	{10, "량", "양", "梁", "liang", "Ryang", "Yang", "Yang"},
	{10, "손", "손", "孫", "sun", "Son", "Son", "Sohn"},
	{9, "배", "배", "裵", "pei", "Pae", "Bae", "Bae"},
	{9, "백", "백", "白", "bai", "Paek", "Baek", "Paik"},
	{9, "허", "허", "許", "xu", "Ho", "Heo", "Huh"},
	{8, "남", "남", "南", "nan", "Nam", "Nam", "Nam"},
	{8, "심", "심", "沈", "shen", "Sim", "Sim", "Shim"},
	{7, "로", "노", "盧", "lu", "Ro", "No", "Roh"},
	{6, "하", "하", "河", "he", "Ha", "Ha", "Ha"},
	{6, "곽", "곽", "郭", "guo", "Kwak", "Gwak", "Kwak"},
	{5, "차", "차", "車", "che", "Cha", "Cha", "Cha"},
	{5, "주", "주", "朱", "zhu", "Ju", "Ju", "Joo"},
	{5, "우", "우", "禹", "yu", "U", "U", "Woo"},
	{5, "민", "민", "閔", "min", "Min", "Min", "Min"},
	{4, "라", "나", "羅", "luo", "Ra", "Na", "Na"},
	{4, "진", "진", "陳", "chen", "Jin", "Jin", "Chin"},
	{4, "지", "지", "池", "chi", "Ji", "Ji", "Chi"},
	{4, "원", "원", "元", "yuan", "Won", "Won", "Won"},
	{4, "방", "방", "方", "fang", "Pang", "Bang", "Bang"},
	{3, "변", "변", "邊", "bian", "Pyon", "Byeon", "Byun"},
	{3, "렴", "염", "廉", "lian", "Ryom", "Yeom", "Yum"},
	{3, "현", "현", "玄", "xuan", "Hyon", "Hyeon", "Hyun"},
	{2, "길", "길", "吉", "ji", "Kil", "Gil", "Kil"},
	{2, "태", "태", "太", "tai", "Thae", "Tae", "Tae"},
	{1, "남궁", "남궁", "南宮", "nangong", "Namgung", "Namgung", "Namkoong"},
	{1, "선우", "선우", "鮮于", "xianyu", "Sonu", "Seonu", "Sunwoo"},
}

// A character of a given name with its writings; w women, m men, b both.
type character struct {
	who                                                     byte
	share                                                   int
	han, simple, north, south, pinyin, dprk, revised, press string
}

// characters of given names; shares as commonly met, in rough steps.
var characters = []character{
	{'b', 40, "英", "英", "영", "영", "ying", "Yong", "Yeong", "Young"},
	{'m', 26, "哲", "哲", "철", "철", "zhe", "Chol", "Cheol", "Chul"},
	{'w', 26, "順", "顺", "순", "순", "shun", "Sun", "Sun", "Soon"},
	{'w', 22, "姬", "姬", "희", "희", "ji", "Hui", "Hui", "Hee"},
	{'w', 20, "淑", "淑", "숙", "숙", "shu", "Suk", "Suk", "Sook"},
	{'w', 20, "玉", "玉", "옥", "옥", "yu", "Ok", "Ok", "Ok"},
	{'b', 22, "成", "成", "성", "성", "cheng", "Song", "Seong", "Sung"},
	{'b', 22, "正", "正", "정", "정", "zheng", "Jong", "Jeong", "Jung"},
	{'b', 18, "明", "明", "명", "명", "ming", "Myong", "Myeong", "Myung"},
	{'m', 18, "浩", "浩", "호", "호", "hao", "Ho", "Ho", "Ho"},
	{'b', 16, "金", "金", "금", "금", "jin", "Kum", "Geum", "Keum"},
	{'m', 16, "男", "男", "남", "남", "nan", "Nam", "Nam", "Nam"},
	{'b', 18, "京", "京", "경", "경", "jing", "Kyong", "Gyeong", "Kyung"},
	{'b', 14, "日", "日", "일", "일", "ri", "Il", "Il", "Il"},
	{'b', 14, "善", "善", "선", "선", "shan", "Son", "Seon", "Sun"},
	{'m', 14, "龍", "龙", "룡", "용", "long", "Ryong", "Yong", "Yong"},
	{'m', 14, "光", "光", "광", "광", "guang", "Kwang", "Gwang", "Kwang"},
	{'m', 12, "國", "国", "국", "국", "guo", "Kuk", "Guk", "Kook"},
	{'m', 10, "學", "学", "학", "학", "xue", "Hak", "Hak", "Hak"},
	{'w', 14, "花", "花", "화", "화", "hua", "Hwa", "Hwa", "Hwa"},
	{'w', 12, "蘭", "兰", "란", "란", "lan", "Ran", "Ran", "Ran"},
	{'w', 8, "實", "实", "실", "실", "shi", "Sil", "Sil", "Sil"},
	{'w', 10, "福", "福", "복", "복", "fu", "Pok", "Bok", "Bok"},
	{'w', 8, "香", "香", "향", "향", "xiang", "Hyang", "Hyang", "Hyang"},
	{'m', 14, "赫", "赫", "혁", "혁", "he", "Hyok", "Hyeok", "Hyuk"},
	{'b', 14, "春", "春", "춘", "춘", "chun", "Chun", "Chun", "Choon"},
	{'w', 12, "美", "美", "미", "미", "mei", "Mi", "Mi", "Mi"},
	{'w', 12, "恩", "恩", "은", "은", "en", "Un", "Eun", "Eun"},
	{'w', 12, "惠", "惠", "혜", "혜", "hui", "Hye", "Hye", "Hye"},
	{'w', 10, "貞", "贞", "정", "정", "zhen", "Jong", "Jeong", "Jung"},
	{'w', 8, "子", "子", "자", "자", "zi", "Ja", "Ja", "Ja"},
	{'m', 12, "鎭", "镇", "진", "진", "zhen", "Jin", "Jin", "Jin"},
	{'b', 10, "珍", "珍", "진", "진", "zhen", "Jin", "Jin", "Jin"},
	{'b', 14, "賢", "贤", "현", "현", "xian", "Hyon", "Hyeon", "Hyun"},
	{'m', 12, "洙", "洙", "수", "수", "zhu", "Su", "Su", "Soo"},
	{'w', 10, "秀", "秀", "수", "수", "xiu", "Su", "Su", "Soo"},
	{'b', 10, "東", "东", "동", "동", "dong", "Tong", "Dong", "Dong"},
	{'m', 10, "相", "相", "상", "상", "xiang", "Sang", "Sang", "Sang"},
	{'m', 8, "基", "基", "기", "기", "ji", "Ki", "Gi", "Ki"},
	{'m', 8, "吉", "吉", "길", "길", "ji", "Kil", "Gil", "Kil"},
	{'b', 10, "蓮", "莲", "련", "연", "lian", "Ryon", "Yeon", "Yeon"},
	{'w', 6, "粉", "粉", "분", "분", "fen", "Pun", "Bun", "Boon"},
	{'w', 8, "愛", "爱", "애", "애", "ai", "Ae", "Ae", "Ae"},
	{'w', 8, "月", "月", "월", "월", "yue", "Wol", "Wol", "Wol"},
	{'m', 10, "勳", "勋", "훈", "훈", "xun", "Hun", "Hun", "Hoon"},
	{'m', 8, "范", "范", "범", "범", "fan", "Pom", "Beom", "Bum"},
	{'m', 8, "元", "元", "원", "원", "yuan", "Won", "Won", "Won"},
	{'m', 8, "昌", "昌", "창", "창", "chang", "Chang", "Chang", "Chang"},
	{'m', 8, "勝", "胜", "승", "승", "sheng", "Sung", "Seung", "Seung"},
	{'m', 8, "德", "德", "덕", "덕", "de", "Tok", "Deok", "Duk"},
	{'m', 8, "萬", "万", "만", "만", "wan", "Man", "Man", "Man"},
	{'b', 8, "海", "海", "해", "해", "hai", "Hae", "Hae", "Hae"},
	{'b', 6, "根", "根", "근", "근", "gen", "Kun", "Geun", "Keun"},
	{'b', 6, "星", "星", "성", "성", "xing", "Song", "Seong", "Sung"},
	{'m', 6, "烈", "烈", "렬", "열", "lie", "Ryol", "Yeol", "Yul"},
	{'w', 6, "禮", "礼", "례", "예", "li", "Rye", "Ye", "Ye"},
	{'w', 6, "梅", "梅", "매", "매", "mei", "Mae", "Mae", "Mae"},
	{'b', 6, "志", "志", "지", "지", "zhi", "Ji", "Ji", "Ji"},
	{'b', 6, "民", "民", "민", "민", "min", "Min", "Min", "Min"},
	{'b', 6, "仁", "仁", "인", "인", "ren", "In", "In", "In"},
	{'m', 6, "宇", "宇", "우", "우", "yu", "U", "U", "Woo"},
	{'m', 6, "泰", "泰", "태", "태", "tai", "Thae", "Tae", "Tae"},
	{'m', 6, "奎", "奎", "규", "규", "kui", "Kyu", "Gyu", "Kyu"},
	{'b', 6, "鳳", "凤", "봉", "봉", "feng", "Pong", "Bong", "Bong"},
	{'w', 6, "雪", "雪", "설", "설", "xue", "Sol", "Seol", "Sul"},
	{'w', 5, "錦", "锦", "금", "금", "jin", "Kum", "Geum", "Keum"},
	{'b', 5, "道", "道", "도", "도", "dao", "To", "Do", "Do"},
	{'m', 5, "武", "武", "무", "무", "wu", "Mu", "Mu", "Moo"},
	{'m', 5, "植", "植", "식", "식", "zhi", "Sik", "Sik", "Shik"},
	{'b', 5, "孝", "孝", "효", "효", "xiao", "Hyo", "Hyo", "Hyo"},
}

// A county of the North with its province.
type county struct {
	share                                    int
	hangul, latin, chinese                   string
	province, provinceLatin, provinceChinese string
}

// counties that people who cross the border come from, more of those near it.
var counties = []county{
	{12, "회령", "Hoeryong", "会宁", "함경북도", "North Hamgyong", "咸镜北道"},
	{12, "무산", "Musan", "茂山", "함경북도", "North Hamgyong", "咸镜北道"},
	{11, "온성", "Onsong", "稳城", "함경북도", "North Hamgyong", "咸镜北道"},
	{12, "청진", "Chongjin", "清津", "함경북도", "North Hamgyong", "咸镜北道"},
	{5, "새별", "Saebyol", "赛别", "함경북도", "North Hamgyong", "咸镜北道"},
	{4, "은덕", "Undok", "恩德", "함경북도", "North Hamgyong", "咸镜北道"},
	{4, "길주", "Kilju", "吉州", "함경북도", "North Hamgyong", "咸镜北道"},
	{4, "김책", "Kimchaek", "金策", "함경북도", "North Hamgyong", "咸镜北道"},
	{3, "경성", "Kyongsong", "镜城", "함경북도", "North Hamgyong", "咸镜北道"},
	{12, "혜산", "Hyesan", "惠山", "량강도", "Ryanggang", "两江道"},
	{4, "삼지연", "Samjiyon", "三池渊", "량강도", "Ryanggang", "两江道"},
	{4, "보천", "Pochon", "普天", "량강도", "Ryanggang", "两江道"},
	{3, "갑산", "Kapsan", "甲山", "량강도", "Ryanggang", "两江道"},
	{3, "대홍단", "Taehongdan", "大红湍", "량강도", "Ryanggang", "两江道"},
	{8, "함흥", "Hamhung", "咸兴", "함경남도", "South Hamgyong", "咸镜南道"},
	{4, "단천", "Tanchon", "端川", "함경남도", "South Hamgyong", "咸镜南道"},
	{3, "북청", "Pukchong", "北青", "함경남도", "South Hamgyong", "咸镜南道"},
	{2, "신포", "Sinpo", "新浦", "함경남도", "South Hamgyong", "咸镜南道"},
	{5, "신의주", "Sinuiju", "新义州", "평안북도", "North Pyongan", "平安北道"},
	{2, "룡천", "Ryongchon", "龙川", "평안북도", "North Pyongan", "平安北道"},
	{2, "정주", "Jongju", "定州", "평안북도", "North Pyongan", "平安北道"},
	{3, "강계", "Kanggye", "江界", "자강도", "Jagang", "慈江道"},
	{2, "만포", "Manpho", "满浦", "자강도", "Jagang", "慈江道"},
	{3, "순천", "Sunchon", "顺川", "평안남도", "South Pyongan", "平安南道"},
	{3, "평성", "Pyongsong", "平城", "평안남도", "South Pyongan", "平安南道"},
	{3, "원산", "Wonsan", "元山", "강원도", "Kangwon", "江原道"},
	{3, "사리원", "Sariwon", "沙里院", "황해북도", "North Hwanghae", "黄海北道"},
	{3, "해주", "Haeju", "海州", "황해남도", "South Hwanghae", "黄海南道"},
	{4, "평양", "Pyongyang", "平壤", "평양시", "Pyongyang", "平壤市"},
}

// occupations in the three languages of the lists.
var occupations = [][3]string{
	{"로동자", "worker", "工人"}, {"농장원", "farmer", "农民"}, {"군인", "soldier", "军人"}, {"교원", "teacher", "教师"}, {"광부", "miner", "矿工"},
	{"의사", "doctor", "医生"}, {"학생", "student", "学生"}, {"가정주부", "housewife", "家庭主妇"}, {"장사", "trader", "商贩"}, {"운전수", "driver", "司机"},
	{"어부", "fisherman", "渔民"}, {"사무원", "clerk", "职员"},
}

// slips are pairs of Hangul syllables that an ear takes for one another.
var slips = map[string]string{
	"영": "용", "용": "영", "철": "촐", "정": "종", "성": "송", "선": "순", "현": "연", "혜": "해", "애": "에", "희": "히", "경": "겅", "숙": "석", "옥": "욱", "은": "언",
}
