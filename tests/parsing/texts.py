"""Texts of many trades, written for these tests: (kind, text, what must be read of it)."""

from typing import Any

Case = tuple[str, str, dict[str, Any]]
CASES: list[Case] = [
    (
        "talent_need",
        "招聘电焊工5名\n任职要求：\n1. 中专及以上学历，3年以上焊接工作经验，持有焊工证；\n薪资待遇：月薪6000-9000元。"
        "\n工作地点：重庆市万州区",
        {
            "title": "电焊工",
            "headcount": 5,
            "degree": "secondary",
            "years": 3,
            "pay_low": 6000,
            "pay_high": 9000,
            "region_code": "500101",
            "certificates": ["焊工证"],
        },
    ),
    (
        "talent_need",
        "【招聘岗位】病房护士\n【招聘人数】12人\n【岗位要求】护理学专业，全日制大专及以上学历，持护士执业证书，"
        "应届毕业生亦可。\n【薪资待遇】５０００～７５００元／月\n【工作地点】达州市通川区",
        {
            "title": "病房护士",
            "headcount": 12,
            "degree": "college",
            "pay_low": 5000,
            "pay_high": 7500,
            "region_code": "511702",
        },
    ),
    (
        "talent_need",
        "川菜馆招厨师一名，四年以上炒锅经验，学历不限，月薪八千到一万二，包吃住。店在成都市武侯区。",
        {
            "title": "厨师",
            "headcount": 1,
            "degree": "any",
            "years": 4,
            "pay_low": 8000,
            "pay_high": 12000,
            "region_code": "510107",
        },
    ),
    (
        "talent_need",
        "猪场招聘养殖技术员3名，畜牧兽医专业，大专以上学历，两年以上规模猪场工作经验，综合工资7000-9000元/月，"
        "地址：四川省宣汉县。",
        {
            "title": "养殖技术员",
            "headcount": 3,
            "degree": "college",
            "years": 2,
            "pay_low": 7000,
            "region_code": "511722",
        },
    ),
    (
        "talent_need",
        "急聘叉车司机2名，需持叉车证，一年以上驾驶经验，工资5500-6500元/月，上班地点：义乌市。",
        {
            "title": "叉车司机",
            "headcount": 2,
            "years": 1,
            "pay_low": 5500,
            "pay_high": 6500,
            "region_code": "330782",
        },
    ),
    (
        "talent_need",
        "招聘施工员4人\n要求：本科及以上学历，土木工程专业，有5年以上施工现场管理经验，二级建造师优先。"
        "\n工资：年薪15-20万\n工作地点：贵阳市",
        {
            "headcount": 4,
            "degree": "bachelor",
            "years": 5,
            "pay_low": 12500,
            "pay_high": 16667,
            "region_code": "520100",
        },
    ),
    (
        "talent_need",
        "岗位名称：数控车工\n人数：6\n学历要求：中专\n工作经验：无需经验\n薪资：5K-8K\n工作地点：万州区",
        {
            "title": "数控车工",
            "headcount": 6,
            "degree": "secondary",
            "years": 0,
            "pay_low": 5000,
            "pay_high": 8000,
            "region_code": "500101",
        },
    ),
    (
        "talent_need",
        "任职要求：1、统招本科及以上学历，计算机相关专业；2、3-5年Java开发经验；3、熟悉Spring Boot、MySQL；"
        "薪资范围：15-25K·14薪；工作地点：北京市海淀区",
        {"degree": "bachelor", "years": 3, "pay_low": 15000, "pay_high": 25000, "region_code": "110108"},
    ),
    (
        "talent_need",
        "幼儿园诚聘幼师2名，学前教育专业，大专以上，持教师资格证，月薪3500-4500元，包午餐。工作地址：巫山县",
        {
            "title": "幼师",
            "headcount": 2,
            "degree": "college",
            "pay_low": 3500,
            "pay_high": 4500,
            "region_code": "500237",
        },
    ),
    (
        "talent_need",
        "招聘会计1名，会计专业，大专及以上学历，3年以上工作经验，熟悉金蝶软件，有初级会计证，待遇面议。",
        {"title": "会计", "headcount": 1, "degree": "college", "years": 3},
    ),
    (
        "talent_need",
        "物业公司招电工3名，持低压电工证，高中以上，工资4500-5500元/月，早晚两班倒。",
        {"title": "电工", "headcount": 3, "degree": "secondary", "pay_low": 4500},
    ),
    (
        "talent_need",
        "快递网点招收派件员10名，不限学历，无经验可，月收入6000-10000元，有C1驾照优先。",
        {"degree": "any", "years": 0, "pay_low": 6000, "pay_high": 10000, "headcount": 10},
    ),
    (
        "talent_need",
        "服装厂招聘缝纫工20名，熟练工优先，计件工资5000-8000元/月，地址：石狮市。",
        {"title": "缝纫工", "headcount": 20, "pay_low": 5000, "pay_high": 8000, "region_code": "350581"},
    ),
    (
        "talent_need",
        "招聘药剂师1名，药学专业，本科及以上学历，持执业药师证，月薪7千-9千，工作地点：襄阳市樊城区。",
        {"degree": "bachelor", "pay_low": 7000, "pay_high": 9000, "region_code": "420606"},
    ),
    (
        "talent_need",
        "酒店招聘客房服务员8名，初中以上学历，工资3200元/月，包吃住，工作地点：丽江市古城区。",
        {"headcount": 8, "degree": "any", "pay_low": 3200, "region_code": "530702"},
    ),
    (
        "talent_need",
        "招聘汽车维修技师3名：高中及以上学历，三年以上汽修经验，月薪6000～9000元，坐标：云阳县。",
        {"headcount": 3, "degree": "secondary", "years": 3, "pay_low": 6000, "region_code": "500235"},
    ),
    (
        "talent_need",
        "Job title: Welder. We are looking for 3 welders. Requirements: Bachelor's degree or above, 2年以上经验.",
        {"years": 2},
    ),
    (
        "talent_need",
        "光伏项目招聘安装工15人，有登高证，每天300元，管吃住，项目在安徽省定远县。",
        {"headcount": 15, "region_code": "341125"},
    ),
    (
        "talent_need",
        "招聘质检员2名，要求大专以上学历，食品质量与安全专业，１年以上食品检验经验，底薪4000+绩效。",
        {"headcount": 2, "degree": "college", "years": 1},
    ),
    (
        "talent_need",
        "高薪诚聘模具钳工4名，8年以上工作经验，月薪1万-1万5，工作地点：东莞市。",
        {
            "title": "模具钳工",
            "headcount": 4,
            "years": 8,
            "pay_low": 10000,
            "pay_high": 15000,
            "region_code": "441900",
        },
    ),
    (
        "internship",
        "招聘实习生：电气自动化专业，大专学历，实习名额：10人，实习地点：重庆市万州区，实习补贴：2000元/月，"
        "提供住宿：是",
        {"degree": "college", "slots": 10, "pay": 2000, "region_code": "500101", "lodging": True},
    ),
    (
        "internship",
        "岗位实习\n实习岗位：养老护理员\n实习名额：20\n开始日期：2026-09-01\n结束日期：2027-02-28\n班次：两班倒",
        {"slots": 20, "from_date": "2026-09-01", "to_date": "2027-02-28", "shift": "两班倒"},
    ),
    (
        "tech_need",
        "技术需求：压铸模早期龟裂\n技术领域：新材料\n现状：模具八千模次就要补焊。\n首次龟裂模次由8000模提高到20000模。"
        "\n预算：40万元，完成时限：2027年6月30日。合作方式：联合研发。知识产权双方共有。",
        {
            "field": "新材料",
            "budget": 40,
            "deadline": "2027-06-30",
            "mode": "joint",
            "ip_ownership": "shared",
        },
    ),
    (
        "tech_need",
        "难题名称：柑橘采后腐烂\n技术领域：农产品保鲜\n已尝试涂蜡和冷库预冷，效果有限。希望高校委托开发，"
        "研发投入80万元，其中支付揭榜方50万元。本需求须保密。",
        {"field": "农产品保鲜", "budget": 80, "pay_to_solver": 50, "mode": "commission", "secrecy": "secret"},
    ),
    (
        "tech_need",
        "【需求标题】铸件表面缺陷在线检测\n【技术领域】智能制造\n【合作方式】技术咨询\n【完成时限】2027-03-15\n漏检率从3%降到0.5%",
        {"field": "智能制造", "mode": "consulting", "deadline": "2027-03-15"},
    ),
    (
        "major",
        "数控技术专业介绍\n专业代码：460103 学制：三年\n核心课程：机械制图、数控编程、数控机床操作。",
        {"major_code": "460103", "years_of_study": 3, "courses": ["机械制图", "数控编程", "数控机床操作"]},
    ),
    (
        "major",
        "护理专业（大专）招生简介：学制三年。主干课程有基础护理、健康评估。专业代码：520201",
        {"major_code": "520201", "years_of_study": 3},
    ),
    (
        "major",
        "【专业名称】无人机应用技术\n【层次】高职\n【学制】三年\n培养目标：培养飞手与装调维修工。",
        {"years_of_study": 3, "plan": "培养飞手与装调维修工"},
    ),
    (
        "training_base",
        "焊接实训基地\n面积：1200平方米\n工位数：60个\n可容纳学生数：120人\n开放时间：工作日",
        {"area": 1200, "stations": 60, "students": 120, "open_windows": "工作日"},
    ),
    (
        "expert",
        "职称：教授\n研究方向：感应淬火、热处理仿真\n每月可用工时：20小时",
        {"rank": "教授", "topics": ["感应淬火", "热处理仿真"], "hours": 20},
    ),
    (
        "talent_need",
        "招聘水电工2名，做过家装水电3年以上，工资7000元/月以上，工地在合肥市蜀山区。",
        {"headcount": 2, "years": 3, "pay_low": 7000, "region_code": "340104"},
    ),
    (
        "talent_need",
        "环卫公司招聘清洁工30名，年龄60岁以下，小学以上文化，工资2800元/月，地点：奉节县。",
        {"headcount": 30, "pay_low": 2800, "region_code": "500236"},
    ),
]

COMPANY = (
    "\n公司简介：我公司成立于2003年，现有员工1200人，本科以上学历占65%，拥有20年行业经验，"
    "注册资金5000万元，年产值8亿元，获专利ZL202110012345，办公楼12层，只录用本科及以上学历的人才，平均月薪9000-12000元/月。"
)
"""A paragraph about the firm, full of numbers, of which nothing may be read."""
