import type { Category } from '../../category.js';
import type { Act } from './act.js';

const HAN = /[\u3040-\u30ff\u3400-\u9fff]/;
const LONGEST = 40;
/** Verbs of Chinese and Japanese, the worst first. */
const GLYPHS: readonly (readonly [Category, RegExp])[] = [
  ['financial', /支付|付款|退款|转账|轉帳|购买|購買|下单|支払|決済|返金|送金|購入/],
  ['destructive', /删除|刪除|清空|移除|销毁|卸载|重置|削除|消去|初期化|アンインストール/],
  ['execute', /执行|執行|运行|启动|停止|重启|部署|触发|点击|実行|起動|再起動|デプロイ|クリック/],
  ['write', /创建|建立|更新|修改|添加|新增|发送|上传|保存|写入|编辑|发布|作成|追加|送信|編集|書き込/],
  ['read', /获取|獲取|查询|查詢|查看|搜索|搜尋|列出|读取|检索|返回|取得|検索|表示|一覧|読み/],
];

/** What the first characters of a text in Chinese or Japanese say that the tool does. */
export function glyphActs(text: string): Act[] {
  const start = text.slice(0, LONGEST);
  if (!HAN.test(start)) return [];
  for (const [category, pattern] of GLYPHS) {
    const found = pattern.exec(start)?.[0];
    if (found) return [{ category, text: found, verb: found, certain: true, freeForm: false, weak: false }];
  }
  return [];
}
