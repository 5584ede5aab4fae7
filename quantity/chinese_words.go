package quantity

import "strings"

// The Chinese words the reader knows, in simplified characters; traditional
// ones are folded first.

// chineseFold maps traditional characters of number phrases to simplified.
var chineseFold = strings.NewReplacer(
	"兩", "两", "萬", "万", "億", "亿", "餘", "余", "來", "来", "幾", "几", "數", "数", "戶", "户", "個", "个", "約", "约",
	"過", "过", "達", "达", "週", "周", "間", "间", "從", "从", "滿", "满", "僅", "仅", "總", "总", "計", "计", "將", "将",
	"貳", "二", "叁", "三", "肆", "四", "伍", "五", "陸", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十", "佰", "百",
	"仟", "千", "壹", "一", "貮", "二", "參", "三", "沒", "没", "無", "无", "時", "时", "於", "于", "後", "后", "許", "许",
	"難", "难", "脫", "脱", "婦", "妇", "兒", "儿", "韓", "韩", "鮮", "鲜", "組", "组", "團", "团", "夥", "伙",
	"輛", "辆", "條", "条", "隻", "只", "歲", "岁", "號", "号", "點", "点", "廿", "二十", "卅", "三十", "內", "内",
	"臨", "临", "長", "长", "說", "说", "們", "们", "該", "该", "這", "这", "給", "给", "為", "为", "與", "与", "並", "并",
	"親", "亲", "見", "见", "負", "负", "減", "减", "現", "现", "員", "员", "還", "还", "貨", "货",
)

// chineseNumerals are the Chinese numerals.
var chineseNumerals = &numerals{
	digits: map[rune]int64{
		'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '俩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	},
	powers:    map[rune]int64{'十': 10, '百': 100, '千': 1000, '万': 10_000, '亿': 100_000_000},
	vague:     map[rune]bool{'几': true, '数': true},
	shortened: true,
}

// chineseWhole are number phrases that are not made of numerals.
var chineseWhole = []entry[amount]{
	{"成千上万", vague(RuleRange, 2000, 99_999)}, {"成百上千", vague(RuleRange, 200, 9999)},
	{"数以百计的", magnitude(2, 100)}, {"数以千计的", magnitude(2, 1000)}, {"数以万计的", magnitude(2, 10_000)},
	{"数以十万计的", magnitude(2, 100_000)}, {"数以百万计的", magnitude(2, 1_000_000)}, {"数以十计的", magnitude(2, 10)},
	{"数以百计", magnitude(2, 100)}, {"数以千计", magnitude(2, 1000)}, {"数以万计", magnitude(2, 10_000)},
	{"数以十万计", magnitude(2, 100_000)}, {"数以百万计", magnitude(2, 1_000_000)}, {"数以十计", magnitude(2, 10)},
	{"若干", vague(RuleSeveral, 3, 9)}, {"半打", amount{n: 6, stated: true, low: 5, high: 7, rule: RuleDozen}},
	{"一打", vagueDozen(1)}, {"两打", vagueDozen(2)}, {"几打", vague(RuleDozens, 36, 99)},
	{"三两", vague(RuleRange, 2, 3)}, {"三五", vague(RuleRange, 3, 5)},
	{"多", vagueOpen(RulePlural, 2)}, {"许多", vagueOpen(RulePlural, 2)}, {"很多", vagueOpen(RulePlural, 2)},
	{"一些", vagueOpen(RulePlural, 2)}, {"大批", vagueOpen(RulePlural, 2)}, {"大量", vagueOpen(RulePlural, 2)},
	{"众多", vagueOpen(RulePlural, 2)}, {"不少", vagueOpen(RulePlural, 2)}, {"部分", vagueOpen(RulePlural, 2)},
	{"无数", vagueOpen(RulePlural, 2)}, {"有些", vagueOpen(RulePlural, 2)},
	{"人数不明", vagueOpen(RuleUnknown, 0)}, {"不详", vagueOpen(RuleUnknown, 0)}, {"不明", vagueOpen(RuleUnknown, 0)}, {"不知道多少", vagueOpen(RuleUnknown, 0)}, {"数目不明的", vagueOpen(RuleUnknown, 0)}, {"数目不明", vagueOpen(RuleUnknown, 0)},
	{"不明数目的", vagueOpen(RuleUnknown, 0)}, {"人数不详", vagueOpen(RuleUnknown, 0)}, {"数目不详", vagueOpen(RuleUnknown, 0)},
}

// chineseReached are "上百" and the like: as many as that, or more.
var chineseReached = []entry[int64]{
	{"上百", 100}, {"上千", 1000}, {"上万", 10_000}, {"上十万", 100_000}, {"上百万", 1_000_000}, {"成百", 100}, {"成千", 1000}, {"成万", 10_000},
}

// chineseMeasures are counting words and their units.
var chineseMeasures = join(
	entries(Persons, "人 名 位 个人 口 口人 名人 位人 男 女 个男人 个女人 个孩子 个儿童 个难民 个脱北者"),
	entries(Families, "个家庭 家庭 个家 家人家"),
	entries(Households, "户 户人家 户家庭 家 家人"),
	entries(Groups, "批 群 组 伙 团 拨 个小组 个团体 个群体 队 批人 群人 伙人 组人"),
	entries(Times, "次 回 趟"),
	entries(Trips, "人次"),
	entries(Events, "起 件 宗 例 起事件 宗案件 起案件 个案件 个事件 件案件 件事"),
	entries(Returns, "次遣返 起遣返 次强制遣返 次送返 次遣送 起强制遣返"),
	entries(Crossings, "次越境 起越境 次偷渡"),
	entries(Deaths, "例死亡 起死亡 宗死亡"),
	entries(Acts, "项行为 起行为 项侵害"),
	entries(Unit("艘"), "艘"), entries(Unit("辆"), "辆"), entries(Unit("具"), "具 具尸体"), entries(Unit("对"), "对"),
	entries(Unit("只"), "只"), entries(Unit("条"), "条"),
	entries(Unstated, "个"),
)

// chineseNouns are words for people behind or before a number.
var chineseNouns = entries(Persons, `脱北者 北韩人 北朝鲜人 朝鲜人 朝鲜难民 北韩难民 北朝鲜难民 难民 移民 妇女 女性 男性 女子 男子 儿童 孩子 婴儿 老人
	少年 青年 公民 国民 村民 居民 工人 学生 士兵 被遣返者 被捕者 被拘者 被拘留者 被拘押者 囚犯 在押者 遣返者 寻求庇护者 庇护申请者 申请人 受害者
	死者 伤者 幸存者 成员 大人 成年人 未成年人 非法移民 越境者 偷渡者 朝鲜族 人员 活动人士 传教士 女人 男人 姑娘 亲属 家属 朝鲜公民 北韩公民`)

// chineseBefore are hedges before a number.
var chineseBefore = join(
	entries(hedgeAbout, "约 大约 大概 大致 约有 大约有 估计 据估计 差不多 约莫 可能 也许 或许 平均 约为 约达"),
	entries(hedgeAtLeast, "至少 最少 不少于 不下 不下于 不低于 起码 少说 至少有 最少有 ≥"),
	entries(hedgeMoreThan, "超过 逾 超 多于 高于 大于 不止 远超 远远超过 超出 已超过 >"),
	entries(hedgeUpTo, "至多 最多 多达 高达 不超过 不多于 最高 至多有 最多有 最高达 不高于 ≤"),
	entries(hedgeFewerThan, "不到 不足 未满 不满 少于 低于 小于 未达 <"),
	entries(hedgeNearly, "近 将近 接近 几乎 几近 临近"),
	entries(hedgeExactly, "仅 只 仅有 只有 恰好 正好 刚好 整整 仅仅 全部"),
	entries(hedgeBetween, "介于 在"), entries(hedgeFrom, "从"),
	entries(hedge(0), "共 总共 一共 共计 合计 共有 总计 有 另 另有 另外 又 又有 还有 达 为 已有 就有 就 其他 这 那 该"),
)

// chineseAfter are hedges behind a number or its measure word.
var chineseAfter = join(
	entries(hedgeAbout, "左右 上下 前后 许 光景"),
	entries(hedgeAtLeast, "以上 及以上 或以上 或更多 起"),
	entries(hedgeUpTo, "以下 及以下 以内 之内 或以下 或更少 为限"),
	entries(hedgeFewerThan, "不到"), entries(hedgeExactly, "整"),
	entries(hedge(0), "之多 之众 不等"),
)

// chineseTo joins the ends of a range; true where they must ascend.
var chineseTo = join(
	entries(true, "至 到 ~ - 至多 乃至 甚至 甚至于"),
	entries(false, "或 或者 或是 抑或"),
)

// chineseJoints bind a further number.
var chineseJoints = join(
	entries(joinSum, "和 与 及 以及 加 加上 外加"),
	entries(joinOfWhom, "其中 当中 其中有 其中包括 包括 含 当中有 其中含"),
	entries(joinOutOf, "中 中的 中有 之中 之中有 里有"),
)

// chinesePeriods are the calendar words of rates.
var chinesePeriods = []entry[Period]{
	{"天", Period{N: 1, Unit: Days}}, {"日", Period{N: 1, Unit: Days}}, {"晚", Period{N: 1, Unit: Days}},
	{"周", Period{N: 1, Unit: Weeks}}, {"星期", Period{N: 1, Unit: Weeks}}, {"个星期", Period{N: 1, Unit: Weeks}},
	{"礼拜", Period{N: 1, Unit: Weeks}}, {"个礼拜", Period{N: 1, Unit: Weeks}},
	{"月", Period{N: 1, Unit: Months}}, {"个月", Period{N: 1, Unit: Months}}, {"季度", Period{N: 3, Unit: Months}},
	{"个季度", Period{N: 3, Unit: Months}}, {"季", Period{N: 3, Unit: Months}}, {"旬", Period{N: 10, Unit: Days}},
	{"年", Period{N: 1, Unit: Years}},
}

// chineseEvery are whole rates.
var chineseEvery = []entry[Period]{
	{"日均", Period{N: 1, Unit: Days}}, {"周均", Period{N: 1, Unit: Weeks}}, {"月均", Period{N: 1, Unit: Months}},
	{"年均", Period{N: 1, Unit: Years}}, {"天天", Period{N: 1, Unit: Days}}, {"隔天", Period{N: 2, Unit: Days}},
	{"隔日", Period{N: 2, Unit: Days}}, {"每隔一天", Period{N: 2, Unit: Days}}, {"每隔一日", Period{N: 2, Unit: Days}},
	{"隔周", Period{N: 2, Unit: Weeks}}, {"半个月", Period{N: 15, Unit: Days}}, {"每半个月", Period{N: 15, Unit: Days}},
	{"每半年", Period{N: 6, Unit: Months}},
}

// chineseNone are claims of zero.
var chineseNone = []entry[Unit]{
	{"没有人", Persons}, {"无人", Persons}, {"无一人", Persons}, {"没有一人", Persons}, {"没有一个人", Persons}, {"一个人也没有", Persons},
	{"一人也没有", Persons}, {"没人", Persons}, {"没有任何人", Persons}, {"无一", Unstated}, {"一个也没有", Unstated}, {"没有一户", Households},
}

// chineseNot are numbers that are no counts.
var chineseNot = join(
	entries(ProblemMeasure, "公里 千米 米 里 小时 分钟 秒 岁 元 美元 块 公斤 吨 斤 亩 度 人民币 天 日 周 星期 个星期 个月 个小时"),
	entries(ProblemOrdinal, "月 年 号 点 时 月份 年代"),
	entries(ProblemShare, "% 成 倍 分之 个百分点"),
)

// Words that decide about the whole phrase.
const (
	chineseDenials  = "没有 没被 未被 并非 不是 未遭 并未 否认 未曾 从未"
	chineseShares   = "一半 半数 过半 大部分 多数 大多数 百分之 所有 全体 绝大多数 分之"
	chinesePartials = "看到 看见 目睹 亲眼 见到"
)
