package names

// surnameData lists Korean surnames: the Southern form, its share per 100,000
// people, the characters it is written with, and the usual spellings that the
// rules of romanization do not produce. The shares of the first ten follow the
// press summary of South Korea's census of 2015; the others are rounded from
// the order and size published with it. No such count exists for the North;
// a project that has lists of its own should fit them (see Fit).
const surnameData = `
김 21500 金 kim gim
이 14700 李异伊 lee yi rhee li ri i ie yee rie rhie leigh
박 8400 朴 park pak bak bark pahk
최 4700 崔 choi choe chey choy che
정 4300 鄭丁程 chung jung jeong chong cheong jong joung
강 2400 姜康彊強 kang gang kahng
조 2100 趙曺 cho jo joe
윤 2100 尹 yoon yun youn
장 2000 張蔣章莊 chang jang
임 1700 林任 lim im rim yim leem
한 1560 韓漢 han hahn
오 1540 吳 oh o
서 1520 徐西 seo suh so su
신 1490 申辛愼 shin sin
권 1420 權 kwon gwon kwun
황 1400 黃 hwang whang
안 1380 安 ahn an
송 1370 宋 song
유 1300 柳劉兪庾 yoo yu ryu you ryoo lyu
전 1120 全田錢 jeon jun chun chon cheon jon
홍 1120 洪 hong
고 950 高 ko go koh goh
문 930 文 moon mun
양 930 梁楊樑 yang ryang
손 920 孫 son sohn
배 800 裵裴 bae pae bai pai
백 770 白 baek paek paik baik back
허 650 許 heo huh hur ho her
남 550 南 nam
심 550 沈 shim sim
노 510 盧魯路 noh roh no ro rho
하 460 河夏 ha hah
곽 410 郭 kwak gwak
성 400 成星 sung seong song
차 390 車 cha
주 390 朱周 joo ju chu choo
우 390 禹于 woo u wu
구 390 具丘 koo ku goo gu
민 340 閔 min
진 340 陳秦晉 jin chin
지 320 池智 ji chi jee
나 320 羅 na ra la nah rah
엄 290 嚴 um eom om uhm
원 260 元袁 won weon
채 260 蔡 chae chai
천 240 千天 chun cheon chon
방 190 方房邦 bang pang
공 190 孔公 kong gong
현 180 玄 hyun hyeon hyon
변 170 卞邊 byun byeon pyon byon
함 160 咸 ham
염 140 廉 yeom yum ryom youm
여 130 呂余 yeo ryo yo lyuh
추 120 秋鄒 choo chu
도 110 都道 do to doh
소 110 蘇邵 so soh
석 110 石昔 seok suk sok
선 90 宣 sun seon son
설 90 薛偰 seol sul sol
마 80 馬麻 ma mah
길 70 吉 gil kil
연 70 延連 yeon yun yon
위 60 魏韋 wi
표 60 表 pyo
명 60 明 myung myeong myong
기 60 奇箕 ki gi kee
반 60 潘班 ban pan bahn
왕 50 王 wang
금 50 琴 keum geum kum
옥 50 玉 ok ock
육 50 陸 yook yuk ryuk
인 50 印 in
맹 50 孟 maeng
제 40 諸 je jae
모 40 牟毛 mo
탁 40 卓 tak
국 40 鞠國菊 kook guk kuk
어 40 魚 eo uh o
은 30 殷 eun un
편 30 片 pyun pyeon pyon
용 30 龍 yong ryong
예 30 芮 ye yea
경 30 慶景 kyung gyeong kyong
봉 20 奉鳳 bong pong
사 20 史舍 sa
부 20 夫 boo bu pu
가 20 賈 ka ga
복 20 卜 bok pok
태 20 太 tae
목 20 睦 mok
형 15 邢 hyung hyeong hyong
계 15 桂 kye gye
피 15 皮 pi
두 15 杜 doo du tu
감 10 甘 kam gam
음 10 陰 eum um
빈 10 賓彬 bin pin
동 10 董 dong tong
온 10 溫 on ohn
호 10 胡扈 ho
범 10 范 beom bum pom
좌 10 左 jwa chwa
팽 10 彭 paeng
승 10 承昇 seung sung
간 8 簡 kan gan
상 8 尙 sang
갈 8 葛 kal gal
견 6 甄 kyun gyeon kyon
당 6 唐 dang tang
화 6 化 hwa
강 6 剛 kang
시 6 施 si
단 6 段 dan tan
창 5 昌 chang
궁 5 弓 koong gung kung
만 5 萬 man
조 5 曹 cho
매 4 梅 mae
옹 4 邕 ong
순 4 荀舜 soon sun
국 4 國 kuk
빙 4 氷 bing
대 4 大 dae tae
초 4 楚 cho
점 3 占 jeom
운 3 雲 un
필 3 弼 pil
묵 3 墨 mook
뇌 3 雷 noe roe
근 2 斤 keun
애 2 艾 ae
남궁 40 南宮 namgung namkung namgoong namkoong
황보 20 皇甫 hwangbo whangbo hwangpo
선우 10 鮮于 sunwoo seonu sonu sunu sonwu
제갈 10 諸葛 jegal chegal
사공 10 司空 sagong sakong
독고 6 獨孤 dokgo tokko dokko tokgo
서문 6 西門 seomun somun suhmoon
동방 3 東方 dongbang tongbang
사마 2 司馬 sama
을지 2 乙支 eulji ulji
공손 2 公孫 gongson kongson
망절 1 網切 mangjeol
`

// chineseSurnames are the common surnames of China that are not Korean ones,
// so that a Chinese name is split in the right place and a Latin one can be
// recognized as Chinese. Two-character surnames follow after the bar.
const chineseSurnames = `王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝|欧阳上官司马诸葛令狐夏侯公孙尉迟慕容端木东方独孤南宫皇甫西门司徒长孙宇文鲜于司空`

// givenData is the share per 10,000 of a syllable at one place of a given
// name, in steps of what is commonly met among Koreans of the last hundred
// years, North and South. It is an estimate made by hand; Fit replaces it by
// the counts of a project's own lists.
const givenData = `
400 영
280 정 순 성 희
240 수 철
200 숙 경 진 옥
180 명 선 호 금
160 남 현 은 미
140 일 지 용 기 상
130 광 동 재 인 자
120 화 주 민 종 혜
110 국 태 원 준 석 연
90 춘 복 혁 창 승 훈
80 학 규 병 식 애 아
70 란 길 봉 덕 유 우 윤
60 룡 분 향 만 근 해 형 환 문
50 련 실 홍 한 강 대 하 심
40 녀 나 월 효 흥 관 구 도 보 범 서 세 신 예 욱 운 웅 이 중 헌 찬
30 렬 례 매 말 권 균 달 두 무 섭 설 소 양 완 익 채 천 충 택 필 산 걸 희
20 래 량 려 로 린 림 배 빈 삼 송 안 오 의 임 장 전 점 제 조 초 평 의 별 봄 솔 률
10 락 록 목 백 비 슬 시 언 업 엽 위 융 음 직 차 총 치 탁 함 항 협 황 회 후 휘 흠 극 건 겸 곤 교 군 귀 극 낙 내 노 담 돈 득 라 령 마 맹 면 모 묘 박 반 방 번 벽 빛 사 색 샘 생 석 세 손 술 습 신 암 약 여 열 염 옹 왕 외 요 육 율 을 응 잔 절 죽 집 참 추 축 출 탄 통 파 팔 표 품 풍 피 혼 확 활 허 훤 결 힘 늘 들 롬 름 새 얼 꽃 밝 솜 찬
`

// commonHan are characters that the given names of the last hundred years
// prefer among all that share their reading.
const commonHan = `英永榮泳映瑛順淳哲喆徹姬熙喜淑玉京慶敬景明銘成星聖正貞靜晶廷秀洙壽守金錦南男女善仙宣鎭珍振眞虎浩鎬鉉賢玄恩銀美子一日龍容勇基起相尙光東在載仁寅花和華朱珠民惠國泰太元源俊準石錫連蓮春福赫昌承勝勳訓學圭奎炳植愛兒蘭吉峰鳳德裕友宇潤允粉香萬根海亨炯煥文實洪漢江大夏月孝興寬九道福範瑞世信新藝旭雲雄二中憲燦烈禮梅權均達武燮雪素良完益彩千天忠澤弼傑`
