"""Stories of linkage: to convene, to arrive, to confer, at work, at the heads, and closed."""

# ruff: noqa: E501 - one case, one line: the scenes read as a table
from __future__ import annotations

from dutydesk.demo.steps import (
    Story,
    after,
    agreed,
    arrives,
    asked,
    called,
    came,
    closed,
    convened,
    filed,
    for_deputy,
    for_head,
    informed,
    instructed,
    linked,
    noted,
    story,
)

TO_CONVENE: tuple[Story, ...] = (
    story("0601", arrives(9, "0601", "police_110", "嘉乐", "嘉乐路与东塘街口", "燃气异味", "行人报有燃气味，110 转非警情，先请到场查看", urgent=True), linked(6.5, "urgent", "城管", "公安", "燃气公司"), instructed(4, "先疏散店铺，燃气公司到前不得用电"), informed(3), called(1.5, "城管", said="五分钟到")),
    story("0602", arrives(30, "0602", "dept_linkage", "源珉", "源珉路15号", "油烟扰民", "饭店油烟直排，市场监管与城管都接到投诉"), linked(15.3, "simple", "城管", "市场监管")),
    story("0603", arrives(45, "0603", "station_linkage", "仓场", "仓场小区7号楼", "群租", "工作站三次上门无果，提请联动"), linked(13, "complex", "公安", "市场监管"), asked(11, "request_instruction", of="deputy_head")),
    story("0604", arrives(60, "0604", "dept_linkage", "南陈", "南北大道桥下", "违法搭建", "桥下搭建仓库，存放易燃物"), linked(26, "difficult", "城管", "公安"), instructed(18, "城管牵头，公安在场，当天拆"), called(16, "城管"), called(14, "公安", "no_answer")),
    story("0605", arrives(20, "0605", "dept_linkage", "迎园", "迎园路", "非法揽客", "地铁口黑车聚集"), linked(9, "simple", "公安", "城管")),
)  # fmt: skip

TO_ARRIVE: tuple[Story, ...] = (
    story("0701", arrives(70, "0701", "dept_linkage", "嘉乐", "嘉乐苑", "噪音扰民", "两处工地夜间施工"), linked(55, "simple", "城管", "公安"), convened(40, 12, "嘉乐苑居委会", "城管", "公安")),
    story("0702", arrives(90, "0702", "dept_linkage", "沧海", "沧海路菜场", "占道经营", "菜场外摊贩占满人行道"), linked(80, "simple", "城管", "市场监管"), convened(65, -4, "沧海路菜场门口", "城管", "市场监管"), came(5, "市场监管")),
    story("0703", arrives(100, "0703", "station_linkage", "爱里舍", "爱里舍一期", "高空抛物", "连续三天有人抛物，砸坏车顶"), linked(88, "complex", "公安", "城管"), instructed(84, "公安牵头调监控"), called(80, "公安"), called(78, "城管"), convened(70, -12, "爱里舍物业办公室", "公安", "城管"), came(14, "城管")),
    story("0704", arrives(50, "0704", "dept_linkage", "新望", "新望路", "井盖破损", "权属不明，需现场认定"), linked(41, "simple", "城管", "自来水公司"), convened(33, 40, "新望路中段", "城管", "自来水公司", mode="online")),
)  # fmt: skip

CONFERRING: tuple[Story, ...] = (
    story("0801", arrives(140, "0801", "dept_linkage", "迎园", "迎园小区", "电动车充电", "飞线充电，物业与居民僵持"), linked(130, "simple", "城管", "物业公司"), convened(112, -57, "迎园居委会", "城管", "物业公司"), came(58, "城管"), came(55, "物业公司", "late")),
    story("0802", arrives(110, "0802", "dept_linkage", "仓场", "迎新路", "占道施工", "管线施工未设围挡"), linked(98, "simple", "城管", "施工单位"), convened(85, -27, "迎新路口", "城管", "施工单位"), came(28, "城管"), came(26, "施工单位")),
    story("0803", arrives(180, "0803", "station_linkage", "南塘河", "南塘河小区", "宠物扰民", "一户养犬六只"), linked(170, "repeat", "公安", "市场监管"), instructed(166, "公安牵头，先登记"), called(160, "公安"), called(158, "市场监管"), convened(152, -92, "南塘河居委会", "公安", "市场监管"), came(95, "公安"), came(85, "市场监管", "absent"), asked(40, "record_outcome", agreed=False, reason="养犬人不在，无法核对")),
)  # fmt: skip

AT_WORK: tuple[Story, ...] = (
    story("0901", arrives(240, "0901", "dept_linkage", "嘉乐", "嘉乐小区", "违法搭建", "屋顶搭建阳光房"), linked(230, "simple", "城管", "房管办"), convened(214, -182, "嘉乐小区", "城管", "房管办"), came(183, "城管"), came(180, "房管办"), agreed(160, ("城管", "责令停工", "3 h"), ("房管办", "核查产权", "4 h"))),
    story("0902", arrives(320, "0902", "dept_linkage", "源珉", "源珉路3号", "无照经营", "地下室开棋牌室"), linked(310, "simple", "市场监管", "公安"), convened(292, -260, "源珉路3号", "市场监管", "公安"), came(262, "市场监管"), came(258, "公安"), agreed(232, ("市场监管", "查扣设备", "4 h"), ("公安", "维持秩序", "2 h")), filed(130, "秩序正常", "公安")),
    story("0903", arrives(1600, "0903", "dept_linkage", "沧海", "沧海苑", "房屋漏水", "多户外墙渗水，维修资金争议"), linked(1590, "simple", "房管办", "物业公司"), convened(1572, -1540, "沧海居委会", "房管办", "物业公司"), came(1541, "房管办"), came(1538, "物业公司"), agreed(1500, ("房管办", "协调动用维修资金", "2 natural days"), ("物业公司", "临时遮雨", "1 natural day")), filed(1100, "已搭防雨布", "物业公司", photos=True), noted(60, "业委会今晚开会表决", promised_by="房管办", remind_at=after(170))),
    story("0904", arrives(150, "0904", "police_110", "墅沟", "墅沟路", "树木倒伏", "大树倒伏压线，已断电", urgent=True), linked(148, "urgent", "城管", "供电公司", "公安"), instructed(146, "先断电再锯树"), informed(145), called(144, "城管"), called(143, "供电公司"), called(142, "公安"), convened(140, -120, "墅沟路12号", "城管", "供电公司", "公安"), came(121, "城管"), came(119, "供电公司", "late"), came(118, "公安"), agreed(110, ("城管", "清运树枝", "3 h"), ("供电公司", "恢复供电", "2 h"), ("公安", "交通管制", "3 h")), filed(15, "已恢复供电", "供电公司")),
    story("0905", arrives(400, "0905", "dept_linkage", "新成", "新成苑", "装修扰民", "午休时间施工，劝阻无效"), linked(390, "simple", "城管", "物业公司"), convened(372, -340, "新成苑物业", "城管", "物业公司"), came(341, "城管"), came(338, "物业公司"), agreed(320, ("城管", "处罚告知", "6 h"), ("物业公司", "每日巡查", "6 h"))),
    story("0906", arrives(430, "0906", "dept_linkage", "新成村", "新成宅", "露天焚烧", "拾荒人员焚烧电线"), linked(420, "complex", "公安", "城管"), instructed(416, "公安牵头训诫"), called(412, "公安"), called(410, "城管"), convened(404, -372, "新成村委会", "公安", "城管"), came(373, "公安"), came(370, "城管"), agreed(350, ("公安", "训诫当事人", "5 h"), ("城管", "清理现场", "5 h"))),
)  # fmt: skip

TO_CLOSE: tuple[Story, ...] = (
    story("1001", arrives(900, "1001", "dept_linkage", "嘉乐", "嘉乐路8号", "占道经营", "夜排档占道，油烟扰民"), linked(890, "simple", "城管", "市场监管"), convened(872, -840, "嘉乐路8号", "城管", "市场监管"), came(841, "城管"), came(838, "市场监管"), agreed(820, ("城管", "拆除遮阳棚", "8 h"), ("市场监管", "限期改正", "8 h")), filed(500, "遮阳棚已拆", "城管", photos=True), filed(420, "已出具责令改正", "市场监管")),
    story("1002", arrives(1250, "1002", "police_110", "爱里舍", "爱里舍路口", "交通设施", "信号灯杆被撞歪", urgent=True), linked(1248, "urgent", "公安", "城管"), instructed(1246, "公安先疏导"), informed(1245), called(1244, "公安"), called(1243, "城管"), convened(1241, -1225, "爱里舍路口", "公安", "城管"), came(1226, "公安"), came(1224, "城管"), agreed(1210, ("公安", "疏导交通", "4 h"), ("城管", "扶正灯杆", "8 h")), filed(1100, "交通恢复", "公安"), filed(1185, "灯杆已扶正", "城管", photos=True)),
)  # fmt: skip

AT_HEADS: tuple[Story, ...] = (
    story("1101", arrives(620, "1101", "dept_linkage", "南陈", "南陈苑", "加装电梯", "一楼住户反对加装电梯，三次协调无果"), linked(610, "difficult", "房管办", "公安"), instructed(606, "房管办牵头再谈一次"), called(600, "房管办"), called(598, "公安"), convened(592, -560, "南陈居委会", "房管办", "公安"), came(561, "房管办"), came(558, "公安"), asked(500, "record_outcome", agreed=False, reason="两方不让步"), for_deputy(480, "submit_to_head", reason="no_result")),
    story("1102", arrives(1700, "1102", "dept_linkage", "迎园", "迎新路菜场", "市场搬迁", "摊主拒绝搬迁，涉及多部门"), linked(1690, "difficult", "市场监管", "城管"), instructed(1686, "市场监管牵头"), called(1680, "市场监管"), called(1678, "城管"), convened(1672, -1640, "菜场办公室", "市场监管", "城管"), came(1641, "市场监管"), came(1638, "城管"), asked(1600, "record_outcome", agreed=False, reason="补偿谈不拢"), for_deputy(1580, "submit_to_head", reason="difficult")),
    story("1201", arrives(2900, "1201", "dept_linkage", "沧海", "沧海小区", "外墙脱落", "外墙瓷砖脱落，维修责任争议"), linked(2890, "difficult", "房管办", "物业公司"), instructed(2886, "先围挡"), called(2880, "房管办"), called(2878, "物业公司"), convened(2872, -2840, "沧海居委会", "房管办", "物业公司"), came(2841, "房管办"), came(2838, "物业公司"), asked(2800, "record_outcome", agreed=False, reason="责任争议"), for_deputy(2780, "submit_to_head", reason="no_result"), for_head(2000, "record_head_result", progress=False, text="开发商已注销，需街道出面"), for_deputy(1980, "submit_to_street", reason="no_result")),
)  # fmt: skip

CLOSED: tuple[Story, ...] = (
    story("1301", arrives(2600, "1301", "dept_linkage", "仓场", "仓场路", "占道堆物", "废品回收站占道"), linked(2590, "simple", "城管", "市场监管"), convened(2572, -2540, "仓场路", "城管", "市场监管"), came(2541, "城管"), came(2538, "市场监管"), agreed(2520, ("城管", "清理堆物", "4 h"), ("市场监管", "核查执照", "4 h")), filed(2400, "已清理", "城管", photos=True), filed(2380, "执照有效，已约谈", "市场监管"), closed(2000, "两部门按时处置，道路恢复畅通。")),
    story("1302", arrives(1900, "1302", "dept_linkage", "嘉乐", "嘉乐苑", "油烟扰民", "烧烤店油烟"), linked(1890, "simple", "市场监管", "城管"), convened(1872, -1840, "嘉乐苑南门", "市场监管", "城管"), came(1841, "市场监管"), came(1838, "城管"), agreed(1820, ("市场监管", "责令停业整改", "6 h"), ("城管", "拆除户外灶台", "6 h")), filed(1600, "已停业整改", "市场监管"), filed(1580, "灶台已拆", "城管", photos=True), closed(100, "整改完成，居民回访满意。"), asked(95, "contact_citizen", outcome="reached", satisfaction="satisfied")),
)  # fmt: skip

LINKAGE: tuple[Story, ...] = (
    *TO_CONVENE,
    *TO_ARRIVE,
    *CONFERRING,
    *AT_WORK,
    *TO_CLOSE,
    *AT_HEADS,
    *CLOSED,
)
