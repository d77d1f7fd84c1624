"""Stories at community level: to accept, to dispatch, at a station, to close, and at their end."""

# ruff: noqa: E501 - one case, one line: the scenes read as a table
from __future__ import annotations

from dutydesk.demo.steps import (
    Story,
    accepted,
    after,
    arrives,
    asked,
    called,
    closed,
    dispatched,
    filed,
    for_station,
    noted,
    story,
)

CALLER = {"name": "张女士", "phone": "13800000201"}
OTHER_CALLER = {"name": "李先生", "phone": "13800000202"}

TO_ACCEPT: tuple[Story, ...] = (
    story("0101", arrives(28, "0101", "hotline_12345", None, "新成路118号", "占道堆物", "人行道上堆满装修垃圾，轮椅过不去", caller=CALLER, upstream_due=after(2850))),
    story("0102", arrives(6, "0102", "grid", "嘉乐", "嘉乐路20号", "暴露垃圾", "绿化带里有暴露垃圾，约两平方米", upstream_due=after(1400))),
    story("0103", arrives(1, "0103", "hotline_12345", "迎园", "迎园新村12号楼", "楼道堆物", "三楼楼道堆放纸箱和电动车电瓶", urgent=True, caller=OTHER_CALLER)),
    story("0104", arrives(96, "0104", "hotline_12345", None, "东塘街口", "路灯不亮", "路口两盏路灯连续三晚不亮", upstream_due=after(4200))),
    story("0105", arrives(1193, "0105", "hotline_12319", "源珉", "源珉路7号", "道路破损", "沥青路面塌陷一块，直径约四十厘米", upstream_due=after(2600)), noted(60, "今天给回音（来电人催问过一次）", promised_by="commander", promised_to="caller", remind_at=after(4))),
    story("0106", arrives(715, "0106", "online", "仓场", "仓场新村", "噪音扰民", "广场舞音响到晚上十点，多人留言", upstream_due=after(3900))),
    story("0107", arrives(1445, "0107", "hotline_12345", "南陈", "南陈小区北门", "违规停车", "消防通道长期停着一辆面包车", caller=CALLER, upstream_due=after(900))),
    story("0108", arrives(14, "0108", "video", "沧海", "沧海路桥下", "暴露垃圾", "视频巡查发现桥下倾倒建筑垃圾")),
    story("0109", arrives(3, "0109", "walk_in", "爱里舍", "爱里舍二期", "群租", "邻居上门反映一户住了十几个人")),
    story("0110", arrives(44, "0110", "hotline_12345", "新望", "新望苑5号楼", "物业纠纷", "电梯停运三天，物业说等配件", upstream_due=after(7000)), called(31, "caller", "no_answer")),
)  # fmt: skip

TO_DISPATCH: tuple[Story, ...] = (
    story("0201", arrives(75, "0201", "grid", "嘉乐", "嘉乐苑东门", "暴露垃圾", "垃圾箱房满溢", upstream_due=after(1300)), accepted(57, "嘉乐")),
    story("0202", arrives(80, "0202", "hotline_12345", "迎园", "迎园路66号", "占道经营", "早点摊收摊后油污满地", upstream_due=after(2700)), accepted(66, "迎园")),
    story("0203", arrives(40, "0203", "grid", "源珉", "源珉苑", "绿化缺损", "一棵行道树枯死，有倒伏可能", upstream_due=after(1360)), accepted(29, "源珉")),
    story("0204", arrives(52, "0204", "hotline_12345", "沧海", "沧海苑2号楼", "漏水", "六楼外墙落水管断裂", upstream_due=after(3000), caller=OTHER_CALLER), accepted(47.2, "沧海")),
    story("0205", arrives(25, "0205", "hotline_12345", "墅沟", "墅沟小区", "井盖缺失", "小区主路井盖缺失，已放警示桶", urgent=True), accepted(6.4, "墅沟", giver="deputy_head", reason="有人跌落风险，工作站先围挡")),
    story("0206", arrives(35, "0206", "inspection", "仓场", "仓桥弄", "乱张贴", "墙面大量小广告"), accepted(12, "仓场")),
    story("0207", arrives(120, "0207", "grid", "新成", "新成小区", "暴露垃圾", "小区外围墙边堆放旧沙发", upstream_due=after(1200)), accepted(112, "新成"), dispatched(100, "新成"), for_station(8, "新成社区网格", "return_to_desk", reason="该处属新望社区，派错工作站")),
)  # fmt: skip

AT_STATION: tuple[Story, ...] = (
    story("0301", arrives(1500, "0301", "grid", "嘉乐", "嘉乐小区3号楼", "暴露垃圾", "楼前装修垃圾未清运", upstream_due=after(180)), accepted(1480, "嘉乐"), dispatched(1440, "嘉乐"), asked(90, "urge", target="嘉乐社区网格")),
    story("0302", arrives(300, "0302", "grid", "迎园", "迎园支路", "非机动车乱停", "地铁口共享单车堵住盲道", upstream_due=after(55)), accepted(290, "迎园"), dispatched(280, "迎园"), noted(30, "站长说四点前清完", promised_by="唐晚舟", promised_to="commander", remind_at=after(9))),
    story("0303", arrives(200, "0303", "hotline_12345", "仓场", "仓场路9号", "无证摊贩", "校门口傍晚摊贩聚集", upstream_due=after(1240)), accepted(190, "仓场"), dispatched(170, "仓场")),
    story("0304", arrives(1300, "0304", "hotline_12345", "源珉", "源珉新村", "停车纠纷", "两户为车位争吵，要求调解", upstream_due=after(2900), caller=CALLER), accepted(1290, "源珉"), dispatched(1270, "源珉")),
    story("0305", arrives(150, "0305", "grid", "爱里舍", "爱里舍路", "绿化缺损", "花坛踩踏，泥土外露", upstream_due=after(1290)), accepted(140, "爱里舍"), dispatched(130, "爱里舍")),
    story("0306", arrives(400, "0306", "grid", "南陈", "南陈路", "路面积水", "雨后积水二十平方米", upstream_due=after(30)), accepted(392, "南陈"), dispatched(380, "南陈"), called(25, "南陈社区网格", said="泵车在路上", promised_at=after(12))),
    story("0307", arrives(260, "0307", "hotline_12345", "沧海", "沧海小区", "违法搭建", "一楼天井搭阳光房", upstream_due=after(8000)), accepted(250, "沧海"), dispatched(230, "沧海")),
    story("0308", arrives(330, "0308", "grid", "南塘河", "南塘河路", "河道漂浮物", "河面漂浮塑料袋和树枝", upstream_due=after(1000)), accepted(320, "南塘河"), dispatched(300, "南塘河"), asked(20, "mark_done", completed_at=after(-22))),
    story("0309", arrives(90, "0309", "police_110", "墅沟", "墅沟苑", "噪音扰民", "夜间施工噪音，110 转来的非警情"), accepted(82, "墅沟"), dispatched(70, "墅沟", due=after(290))),
    story("0310", arrives(500, "0310", "walk_in", "新成村", "新成村路3号", "宅基地纠纷", "邻居翻建占了公共通道"), accepted(490, "新成村"), dispatched(470, "新成村", due=after(970)), asked(200, "supervise", target="新成村网格", demand="今天上门一次并回话", due=after(120))),
)  # fmt: skip

TO_CLOSE: tuple[Story, ...] = (
    story("0401", arrives(1600, "0401", "grid", "嘉乐", "东塘街8号", "暴露垃圾", "商铺门口堆放纸板", upstream_due=after(600)), accepted(1590, "嘉乐"), dispatched(1560, "嘉乐"), filed(1192, "商户已清理，现场已冲洗", photos=True)),
    story("0402", arrives(700, "0402", "hotline_12345", "迎园", "迎晖苑", "楼道堆物", "消防栓前堆放旧家具", upstream_due=after(5000), caller=CALLER), accepted(690, "迎园"), dispatched(650, "迎园"), filed(35, "居民已搬离，楼道恢复畅通", photos=True), called(20, "caller", said="已经看到清掉了")),
)  # fmt: skip

ENDED: tuple[Story, ...] = (
    story("0501", arrives(2000, "0501", "grid", "仓场", "竹筠苑", "暴露垃圾", "绿化带有垃圾袋", upstream_due=after(900)), accepted(1990, "仓场"), dispatched(1960, "仓场"), filed(1800, "已清理", photos=True), closed(1700, "工作站当日清理完毕，照片对比明确。")),
    story("0502", arrives(2400, "0502", "hotline_12345", "新望", "新望小区", "路灯不亮", "小区内路灯不亮", upstream_due=after(2000), caller=OTHER_CALLER), accepted(2390, "新望"), dispatched(2350, "新望"), filed(1500, "物业已更换灯泡三只", photos=True), closed(150, "物业更换灯泡，来电人确认已亮。"), asked(140, "contact_citizen", outcome="reached", satisfaction="satisfied")),
    story("0503", arrives(1700, "0503", "grid", "南塘河", "南塘苑", "井盖松动", "井盖晃动有异响", upstream_due=after(300)), accepted(1690, "南塘河"), dispatched(1660, "南塘河"), filed(1400, "加装橡胶圈", photos=True), closed(90, "养护单位加固，复查无异响。")),
    story("0504", arrives(260, "0504", "hotline_12345", None, "马陆镇宝安公路", "道路破损", "路面坑洞"), asked(240, "refuse", reason="not_in_area", fed_back_at=after(-242), belongs_to="马陆镇")),
    story("0505", arrives(170, "0505", "grid", "嘉乐", "嘉乐路22号", "暴露垃圾", "与 20 号同一处垃圾"), asked(5, "merge", into="#0102", reason="同一处")),
    story("0506", arrives(310, "0506", "online", "沧海", "沧海路", "其他", "重复留言"), asked(280, "withdraw", reason="留言人撤回")),
)  # fmt: skip

COMMUNITY: tuple[Story, ...] = (*TO_ACCEPT, *TO_DISPATCH, *AT_STATION, *TO_CLOSE, *ENDED)
