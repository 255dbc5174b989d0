import { describe, expect, it } from 'vitest';
import { classify } from '../../../../../src/core/tools/classify/classify.js';

/** Names of tools that move money, lose things, run what they are given or give rights, in many languages. */
const NAMES = {
  financial:
    'sepa_transfer zelle_payment_send wire_money wire_transfer send_wire pay_bill payBill remit_funds cash_out ' +
    'place_bet submit_bid raise_bid buy_stock sell_shares execute_trade open_position liquidate_position ' +
    'issue_refund refund charge_customer bill_customer invoice_client renew_subscription donate fund_escrow ' +
    'release_escrow stake_tokens borrow repay_loan approve_loan originate_loan top_up_wallet recharge_card ' +
    'settle_invoice send_sats transfer_balance move_funds process_payroll run_payroll issue_dividend book_flight ' +
    'place_order checkout_cart überweisung_senden überweisen betaal_factuur betala_faktura zaplac_fakture kup_akcje ' +
    'satin_al ode_fatura оплатить_счет купить_акции 支付订单 转账 送金する 購入 결제하기 송금 zhuanzhang comprar_acciones ' +
    'pagar_factura rembourser_client acheter_actions ach_transfer disburse_loan place_bid ',
  destructive:
    'rmtree rm_rf unlink_file delFile expunge_mailbox zap_database nuke_project obliterate_all wipe_device ' +
    'shred_file factory_reset hard_reset reset_hard git_reset_hard force_push_branch push_force git_push_force ' +
    'rewrite_history close_my_account deactivate_account drop_db empty_trash trash_file truncate_logs erase_disk ' +
    'zero_out_drive format_usb mkfs decommission_server dismantle_stack scrap_project lpop getdel revoke_all_keys ' +
    'annul_contract slett_bruker fjern_fil ta_bort_fil radera_fil poista_kayttaja usuń_użytkownika skasuj_plik ' +
    'smazat_soubor töröl_fájl sil_kullanici kaldır_dosya hapus_file xóa_tệp удалить_пользователя стереть_диск ' +
    'видалити_файл verwijder_gebruiker wis_schijf lösche_datei loeschen entferne_nutzer efface_disque supprimer ' +
    'vider_corbeille borre_archivo elimina_file cancella_tutto apaga_tudo 删除 清空数据库 削除 初期化 삭제 파일_삭제 shanchu_yonghu ' +
    'sakujo حذف_الملف מחק_קובץ ลบไฟล์ remove_branch_protection unlink force_push sanitize_disk clobber 删除用户 ',
  execute:
    'bash run_bash zsh pwsh powershell cmd cmd_exe docker ansible helm aws gcloud az_cli redis_cli mysql mongosh ' +
    'sqlite3 python python_repl node_repl osascript applescript npx git gh ssh systemctl terminal tool_call ' +
    'call_tool invoke_function run_any_tool use_mcp_tool execute_kubectl kubectl_command ejecutar_codigo ' +
    'kör_kommando uruchom_skrypt çalıştır_komut запустить_скрипт выполнить_команду 执行命令 実行 실행 delegate_task ' +
    'instruct_agent spawn_subagent tell_agent prompt_assistant grant_admin make_admin promote_to_admin ' +
    'set_admin_role add_superuser add_collaborator disable_2fa disable_firewall turn_off_mfa disable_audit_logging ' +
    'disable_branch_protection set_public share_publicly share_with_everyone open_firewall_port allow_ingress ' +
    'whitelist_ip impersonate_user chmod escalate_privileges bypass_approval disable_encryption sh kubectl ' +
    'terraform psql use_tool disable_mfa add_admin make_public compute_vm_restart compute_instance_stop ' +
    'complete_database_migration patch_deployment grant_permission assign_role_to_user set_permissions set_acl ' +
    'attach_role_policy grantAccess set_iam_policy put_bucket_policy attachUserPolicy update_key_policy ',
  write:
    'unlink_issue read_and_ack compute_vm_create createorupdate compute_vm_createorupdate ' +
    'compute_vm_create_or_update create_policy put_bucket_lifecycle_policy update_retention_policy ',
  read: 'get_permissions get_iam_policy list_role_assignments app_store_search list_store_products remover_info refund_list transfer_list payments_list executor_list ',
};

/** Reading is what they do besides. */
const NO_READS =
  'consume_messages dequeue receive_messages pop_message read_and_delete poll_and_ack fetch_and_acknowledge ' +
  'xclaim compute_disk_delete compute_instance_reset search_index_create list_item_add query_delete ' +
  'check_run_create record_create index_create monitor_create vmcreateorupdate compute_firewall_insert ' +
  'compute_instances_stop compute_start receive_message xreadgroup ';

describe('names of every kind and language', () => {
  const table = Object.entries(NAMES).flatMap(([category, names]) =>
    names
      .trim()
      .split(' ')
      .map((name) => [name, category] as const),
  );
  it.each(table)('%s is %s', (name, category) => {
    expect(classify({ name }).category).toBe(category);
  });

  it.each(NO_READS.trim().split(' '))('%s does not only read', (name) => {
    expect(classify({ name }).category).not.toBe('read');
  });

  it.each(table.filter(([, category]) => category !== 'read'))(
    '%s stays %s, whatever its text says',
    (name, category) => {
      const told = classify({
        name,
        description: 'Returns the thing. Read-only.',
        annotations: { readOnlyHint: true },
      });
      expect(told.category).toBe(category);
    },
  );
});
