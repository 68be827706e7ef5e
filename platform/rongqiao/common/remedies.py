"""What each code of error means and what to do about it, in both languages."""

from .language import Bilingual

B = Bilingual

FALLBACK = (B("这里填写的内容不对", "This value is not valid"), B("请改正后重试", "Correct it and try again"))

REMEDIES: dict[str, tuple[B, B]] = {
    "required": (B("必填项没有填写", "A required value is missing"), B("请填写这一项", "Fill in this field")),
    "blank": (B("这一项不能为空", "This value must not be empty"), B("请填写这一项", "Fill in this field")),
    "null": (B("这一项不能为空", "This value must not be empty"), B("请填写这一项", "Fill in this field")),
    "invalid": FALLBACK,
    "unknown_field": (
        B("没有这一项", "There is no such field"),
        B("请删去这一项，或查看 /api/v1/kinds 中的字段名", "Remove it, or see /api/v1/kinds for the names"),
    ),
    "unknown_filter": (
        B("没有这个筛选条件", "There is no such filter"),
        B("请去掉它，或查看接口说明中的筛选条件", "Remove it, or see the API description for the filters"),
    ),
    "invalid_choice": (
        B("不是可选的值", "This is not one of the choices"),
        B("请从给出的选项中选择", "Choose one of the values offered"),
    ),
    "unknown_code": (
        B("代码表中没有这个代码或名称", "No such code or name in the code table"),
        B("请在 /api/v1/codes 中查找后填写", "Look it up in /api/v1/codes"),
    ),
    "ambiguous_code": (
        B("有几个同名的条目（如不同层次的同名专业）", "Several entries have this name (a major on several levels)"),
        B("请填写代码", "Give the code"),
    ),
    "too_long": (B("内容太长", "The value is too long"), B("请缩短后再提交", "Shorten it and try again")),
    "max_length": (B("内容太长", "The value is too long"), B("请缩短后再提交", "Shorten it and try again")),
    "too_large": (B("数值超出范围", "The number is too large"), B("请核对数值和单位", "Check the number and its unit")),
    "too_small": (B("数值超出范围", "The number is too small"), B("请核对数值和单位", "Check the number and its unit")),
    "too_many": (B("项目太多", "There are too many items"), B("请减少项目", "Send fewer items")),
    "not_text": (B("这里应当是文字", "This must be text"), B("请填写文字", "Send a string")),
    "not_number": (B("这里应当是数字", "This must be a number"), B("请只填数字", "Send a number without words")),
    "not_date": (
        B("这里应当是日期", "This must be a date"),
        B("请按 2026-09-01 的格式填写", "Write it as 2026-09-01"),
    ),
    "not_list": (B("这里应当是列表", "This must be a list"), B("请填写列表", "Send a list of values")),
    "not_object": (B("这里应当是一组字段", "This must be an object"), B("请按字段填写", "Send a JSON object")),
    "control_character": (
        B("含有不可见的控制字符", "The text has control characters"),
        B("请删去后重试（常见于从其他软件粘贴）", "Remove them (they often come with pasted text)"),
    ),
    "parse_error": (B("请求内容不是正确的 JSON", "The body is not valid JSON"), B("请检查格式", "Check its syntax")),
    "too_deep": (B("JSON 嵌套太深", "The JSON is nested too deeply"), B("请减少嵌套层数", "Nest it less deeply")),
    "body_too_large": (B("提交的内容太大", "The request is too large"), B("请分次提交", "Send it in smaller parts")),
    "bad_encoding": (
        B("内容不是 UTF-8 编码", "The text is not UTF-8"),
        B("请用 UTF-8 编码提交", "Send it in UTF-8"),
    ),
    "empty_search": (
        B("没有关键词也没有筛选条件", "There are neither words nor filters"),
        B("请至少填写一项再收藏", "Give at least one before keeping the search"),
    ),
    "name_taken": (
        B("已有同名的一项", "There is one of this name already"),
        B("请换一个名称", "Choose another name"),
    ),
    "not_authenticated": (B("需要先登录", "You are not signed in"), B("请登录后再试", "Sign in and try again")),
    "authentication_failed": (B("登录信息无效", "The sign-in is not valid"), B("请重新登录", "Sign in again")),
    "permission_denied": (
        B("当前身份不能做这件事", "Your role may not do this"),
        B("请联系本单位的管理人员开通权限", "Ask your organisation's administrator for the right"),
    ),
    "csrf": (
        B("页面已过期或请求来源不明", "The page is out of date or the request's origin is unknown"),
        B("请刷新页面后重试", "Reload the page and try again"),
    ),
    "not_found": (B("没有找到", "Not found"), B("请核对地址或编号", "Check the address or the number")),
    "method_not_allowed": (
        B("这个地址不支持这种操作", "This address does not take that method"),
        B("请查看接口说明", "See the API description"),
    ),
    "unsupported_media_type": (
        B("不支持这种内容类型", "This content type is not supported"),
        B("请用 application/json 提交", "Send application/json"),
    ),
    "not_acceptable": (
        B("不能给出所要的格式", "The format asked for cannot be given"),
        B("请接受 application/json", "Accept application/json"),
    ),
    "throttled": (B("请求太频繁", "Too many requests"), B("请稍等片刻再试", "Wait a moment and try again")),
    "error": (B("服务器出错了", "Something went wrong here"), B("请稍后再试", "Try again later")),
    "database_unavailable": (
        B("数据库暂时不可用", "The database is not available"),
        B("请稍后再试", "Try again later"),
    ),
}
REMEDIES |= {
    "wrong_password": (
        B("邮箱或密码不对", "The e-mail address or the password is wrong"),
        B("请重新输入，或重设密码", "Try again, or reset the password"),
    ),
    "already_done": (B("这一步已经做过了", "This has been done already"), B("请刷新页面", "Reload the page")),
    "uscc": (
        B("统一社会信用代码不对（GB 32100-2015 校验未通过）", "The credit code fails its GB 32100-2015 check"),
        B("请对照营业执照核对 18 位代码，其中没有 I、O、S、V、Z", "Compare the 18 characters with the licence"),
    ),
    "taken": (B("已经有人登记过", "It is registered already"), B("请认领已有的机构", "Claim the one that exists")),
    "conflict": (
        B("内容在您编辑期间被改过", "It was changed while you were editing"),
        B("请查看最新内容后再保存", "Look at the newest version and save again"),
    ),
    "wrong_state": (
        B("当前状态不能做这一步", "This step is not possible in the present state"),
        B("请刷新后查看可做的操作", "Reload to see which steps are possible"),
    ),
    "wrong_party": (
        B("这类机构不能发布这种信息", "This type of organisation cannot post this kind"),
        B("请换用合适的机构身份", "Use an organisation of the right type"),
    ),
    "address": (
        B("这不是可用的邮箱地址", "This is not a usable e-mail address"),
        B("请核对邮箱地址，如 name@example.com", "Check it; it should look like name@example.com"),
    ),
    "link_gone": (
        B("这个链接已失效", "This link is no longer valid"),
        B("请重新申请，或请对方再发一次", "Ask for a new one, or have it sent to you again"),
    ),
    "letter_erased": (
        B("这封信含有保密链接，内容已经清除", "This letter held a secret link and its body has been erased"),
        B("请让收件人重新申请", "Have its reader ask for a new one"),
    ),
    "file_type": (
        B("不支持这种文件", "This type of file is not supported"),
        B("请上传 .xlsx、.xls、.csv 或 .jsonl 文件", "Upload .xlsx, .xls, .csv or .jsonl"),
    ),
    "file_broken": (
        B("文件打不开，或内容与扩展名不符", "The file cannot be read or is not what its name says"),
        B("请用原来的软件重新另存后再上传", "Save it again in the program it was made with, and upload that"),
    ),
    "file_bomb": (
        B("文件解压后过大", "The file grows too large when unpacked"),
        B("请拆分后上传", "Split it and upload the parts"),
    ),
    "no_words": (
        B("文本里没有可识别的文字", "There are no words in the text"),
        B("请粘贴招聘、技术需求或专业介绍的文字", "Paste the words of an advertisement, an R&D problem or a major"),
    ),
    "kind_unknown": (
        B("看不出这是哪一类信息", "It is not clear which kind of posting the text is"),
        B("请先选择类型再识别", "Choose the kind and try again"),
    ),
}
REMEDIES |= {
    "consent_required": (
        B("还没有同意现行的隐私声明", "The privacy notice in force has not been agreed to"),
        B("请阅读 /api/v1/privacy，同意后再试", "Read /api/v1/privacy, agree, and try again"),
    ),
    "outdated_version": (
        B("这不是现行版本", "This is not the version in force"),
        B("请阅读现行版本后再同意", "Read the version in force and agree to that"),
    ),
    "second_factor_required": (
        B("这个角色登录时需要动态码", "This role needs a one-time code to sign in"),
        B("请先开启动态码（账号安全），再用动态码登录", "Set up one-time codes (account security) and sign in with one"),
    ),
    "role_not_here": (
        B("这类机构不能授予这个角色", "This role cannot be given in this type of organisation"),
        B("请从本单位可授予的角色中选择", "Choose one of the roles that may be given here"),
    ),
    "already_member": (
        B("此人已是本单位成员", "This person is a member already"),
        B("请在成员列表中查看", "See the list of members"),
    ),
    "last_administrator": (
        B("单位至少要有一名管理员", "An organisation needs at least one administrator"),
        B("请先让另一位成员担任管理员", "Make another member an administrator first"),
    ),
    "name_another_steward": (
        B("数据专员不能空缺", "The data steward cannot be nobody"),
        B("请指定另一位成员为数据专员", "Name another member instead"),
    ),
    "not_claimable": (
        B("这家机构不能认领", "This organisation cannot be claimed"),
        B("若是本单位，请联系平台运营", "If it is yours, write to the operator"),
    ),
    "evidence_required": (
        B("没有附材料", "There is no evidence"),
        B("请先上传营业执照或登记证书，再填写文件编号", "Upload the licence or certificate, then give the file's number"),
    ),
    "not_verified": (
        B("机构尚未核验", "The organisation is not verified"),
        B("请先完成核验", "Verify it first"),
    ),
    "in_the_past": (B("日期已经过去", "The date has passed"), B("请填写今后的日期", "Give a date to come")),
    "in_the_future": (B("日期还没有到", "The date is still to come"), B("请填写已有的日期", "Give a date that has been")),
    "conflict_of_interest": (
        B("不能审核自己所在单位的事项", "One does not decide on one's own organisation"),
        B("请交给其他审核员", "Leave it to another reviewer"),
    ),
    "edited_meanwhile": (
        B("内容在您查看之后被改过", "It was edited after you read it"),
        B("请重新打开，看过最新内容再决定", "Open it again and decide on what it says now"),
    ),
    "undo_too_late": (
        B("已不能撤销这个决定", "This decision can no longer be undone"),
        B("情况已有变化或超过期限，请作新的决定", "Things have changed or the time is over: decide anew"),
    ),
    "reasons_required": (
        B("没有写明理由", "No reason is given"),
        B("请至少选择一条理由", "Choose at least one reason"),
    ),
    "file_mismatch": (
        B("文件内容与扩展名不符", "The file is not what its name says"),
        B("请核对文件，或改正扩展名后再上传", "Check the file, or correct its name"),
    ),
    "file_too_large": (
        B("文件太大", "The file is too large"),
        B("请压缩图片、减少页数或拆分后再上传", "Make its pictures smaller, or send fewer pages"),
    ),
    "file_encrypted": (
        B("文件加了密", "The file is encrypted"),
        B("请去掉密码和权限限制后再上传", "Remove its password and restrictions, and upload it again"),
    ),
    "file_active_content": (
        B("文件含有会活动的内容", "The file holds active content"),
        B("请删去后另存，或打印为 PDF、截成图片再上传", "Remove it, or print it to a PDF, and upload that"),
    ),
    "file_unsafe": (
        B("文件结构不安全", "The structure of the file is not safe"),
        B("请用原来的软件重新另存，或打印为 PDF 再上传", "Save it again, or print it to a PDF, and upload that"),
    ),
    "file_busy": (
        B("正在检查的文件太多", "Too many files are being checked"),
        B("请稍等片刻再试", "Wait a moment and try again"),
    ),
    "file_gone": (
        B("文件的内容已不在", "The content of the file is gone"),
        B("请重新上传，或联系平台运营", "Upload it again, or ask the platform's operators"),
    ),
    "off_the_hour": (
        B("整点和半点不能选", "The full and the half hour cannot be chosen"),
        B("请选别的时刻，如 08:17", "Choose another minute, such as 08:17"),
    ),
    "chat_address": (
        B("这不是群机器人的地址", "This is not the address of a group's robot"),
        B("请在群设置里复制机器人的完整地址", "Copy the robot's whole address from the group's settings"),
    ),
    "unknown_subject": (
        B("没有这个机构或检索", "There is no such organisation or search"),
        B("请从摘要设置列出的项目中选择", "Choose one that the digest settings list"),
    ),
    "too_many_files": (
        B("文件太多", "There are too many files"),
        B("请先删去不用的文件", "Remove those that are not needed"),
    ),
}
REMEDIES |= {
    "posting_closed": (
        B("其中一方的信息已不再有效", "One of the two postings is no longer open"),
        B("请查看其他推荐", "Look at the other recommendations"),
    ),
    "full": (
        B("名额已满", "No places are left"),
        B("请减少名额，或查看其他推荐", "Ask for fewer places, or look at the other recommendations"),
    ),
    "contacts_closed": (
        B("双方都确认后才会开放", "This opens when both have agreed"),
        B("请等待对方确认", "Wait for the other side to agree"),
    ),
    "note_required": (
        B("对方还没有接受保密承诺", "The other side has not accepted the confidentiality note"),
        B("请等对方接受后再解锁", "Unlock when they have"),
    ),
    "level_of_form": (
        B("这种合作形式属于另一层次", "This form of cooperation belongs to another level"),
        B("请按形式选择层次（基础、深化、融合）", "Choose the level that goes with the form"),
    ),
    "ends_before_start": (
        B("止期早于起期", "It would end before it starts"),
        B("请核对起止日期", "Check both dates"),
    ),
    "not_signed": (
        B("还没有签约内容", "Nothing has been put down to sign yet"),
        B("请先填写签约内容", "Put down the terms first"),
    ),
}
