import type { Category } from '../../category.js';

const GLYPHS = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/;
/** What has been done to it is no more than said of it: `已删除`, `削除済み`, `삭제된`. */
const DONE =
  /[已被](?:删除|刪除|移除|清空|执行|執行|支付|取消|退款|创建|更新|发送)|(?:削除|消去|実行|支払|作成|更新|送信)(?:済み?|された)|(?:삭제|실행|결제|생성|수정)(?:된|됨)/g;
/** Verbs of languages that put no blank between words: Chinese, Japanese, Korean, Thai; the worst first. */
const VERBS: readonly (readonly [Category, RegExp])[] = [
  [
    'financial',
    /支付|付款|退款|转账|轉帳|转帐|汇款|匯款|购买|購買|下单|下單|充值|提现|提現|扣款|打款|缴费|收款|支払|決済|返金|送金|購入|振込|課金|出金|入金|결제|지불|환불|송금|이체|구매|구입|주문하|출금|입금|ชำระ|จ่ายเงิน|ซื้อ|โอนเงิน/,
  ],
  [
    'destructive',
    /删除|刪除|删掉|清空|清除|清理|移除|销毁|銷毀|卸载|卸載|重置|抹掉|擦除|丢弃|撤销|撤銷|吊销|作废|注销|格式化|削除|消去|消す|初期化|破棄|抹消|除去|取消し|アンインストール|リセット|クリア|삭제|제거|지우|지워|초기화|폐기|파기|말소|비우|탈퇴|ลบ|ล้าง|ทำลาย/,
  ],
  [
    'execute',
    /执行|執行|运行|運行|启动|啟動|停止|重启|重啟|部署|触发|觸發|点击|點擊|调用|調用|回滚|关机|实行|実行|起動|再起動|停止|デプロイ|クリック|呼び出|シャットダウン|실행|시작|중지|정지|재시작|배포|호출|클릭|구동|รัน|เรียกใช้|เริ่ม|หยุด/,
  ],
  [
    'write',
    /创建|創建|建立|更新|修改|添加|新增|增加|发送|發送|上传|上傳|保存|写入|寫入|编辑|編輯|发布|發布|设置|設定|重命名|移动|移動|复制|启用|禁用|作成|追加|送信|編集|書き込|変更|登録|保存|アップロード|移動|생성|추가|수정|변경|저장|업데이트|전송|보내|업로드|등록|이동|편집|작성|สร้าง|แก้ไข|เพิ่ม|ส่ง|บันทึก/,
  ],
  [
    'read',
    /获取|獲取|查询|查詢|查看|查找|搜索|搜尋|列出|读取|讀取|检索|檢索|返回|显示|統計|统计|取得|検索|表示|一覧|読み|参照|조회|검색|보기|목록|가져오|읽기|확인|ค้นหา|ดู|แสดง|อ่าน/,
  ],
];
/** Things that are looked up and that nothing is done to, as whole names. */
const THINGS =
  /^(?:天气|天氣|天気|天気予報|予報|时间|時間|時刻|日期|日付|新闻|新聞|ニュース|股票|股价|汇率|匯率|為替|地图|地圖|地図|翻译|翻訳|航班|列车|车票|余额|状态|狀態|状況|详情|信息|情報|资料|列表|清单|履歴|历史|날씨|시간|뉴스|지도|번역|정보|상태)+$/;

export interface GlyphVerb {
  category: Category;
  word: string;
}

/** The worst that is said in such a language; undefined where nothing is. */
export function glyphVerb(text: string): GlyphVerb | undefined {
  if (!GLYPHS.test(text)) return undefined;
  const said = text.replace(DONE, ' ');
  for (const [category, pattern] of VERBS) {
    const word = pattern.exec(said)?.[0];
    if (word !== undefined) return { category, word };
  }
  return undefined;
}

/** Whether a word names a thing of which a text may say that it is read. */
export function isGlyphThing(word: string): boolean {
  return THINGS.test(word);
}
