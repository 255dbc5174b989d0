import { normalForm } from '../../../text/fold.js';
import type { Category } from '../../category.js';

/**
 * Verbs of other languages as they are in names: infinitives, imperatives and the third person, without accents. Letters that
 * have none to lose are written as they are mostly typed (`ø` as o, `ß` as ss, `ł` as l); of German umlauts both ways.
 */
export const FOREIGN: { readonly [name in Category]: string } = {
  read:
    // Spanish, Portuguese, Italian, French, Romanian
    'obtener obten obtiene buscar consultar consulta leer mostrar muestra listar encontrar ver descargar contar ' +
    'obter obtem ler mostra exibir exibe encontra contar consultar verificar verifica pesquisar pesquisa procurar ' +
    'ottenere ottieni cerca cercare leggi leggere elenca elencare mostrare trova trovare recupera visualizza ' +
    'obtenir obtient chercher rechercher recherche lire lit afficher affiche lister trouver recuperer recupere consulter voir ' +
    'obtine cauta citeste afiseaza gaseste ' +
    // German, Dutch
    'abrufen holen hole lesen lies suchen suche anzeigen zeigen zeige auflisten abfragen finden finde lade pruefen prufen ' +
    'ophalen haal lezen lees zoeken zoek tonen toon weergeven opvragen vinden ' +
    // Swedish, Norwegian, Danish, Finnish
    'hamta lasa sok hitta lista lese les hente hent sok finn laese laes find vis soge hae nayta lue etsi listaa ' +
    // Polish, Czech, Hungarian
    'pobierz pobrac wyswietl pokaz znajdz szukaj wyszukaj czytaj odczytaj wypisz ziskej najdi hledej zobraz nacti lekerdez keres listaz olvas ' +
    // Turkish, Indonesian, Vietnamese
    'getir listele goster bul oku sorgula cari lihat tampilkan ambil baca timkiem lay hienthi ' +
    // Russian, Ukrainian, also in Latin letters
    'получить получи найти найди показать покажи прочитать прочти поиск посмотреть вывести искать отримати знайти показати ' +
    'poluchit naiti pokazat prochitat ' +
    // Chinese, Japanese and Korean in Latin letters
    'huoqu chaxun sousuo liechu chakan duqu shutoku kensaku hyoji ichiran johoe geomsaek',
  write:
    'crear crea actualizar actualiza enviar envia agregar agrega anadir anade guardar guarda modificar modifica subir sube mover mueve ' +
    'renombrar renombra editar edita cambiar cambia insertar inserta copiar publicar publica archivar asignar compartir ' +
    'criar cria atualizar atualiza adicionar adiciona salvar salva alterar altera inserir insere renomear gravar grava ' +
    'crea creare aggiorna aggiornare invia inviare aggiungi aggiungere salvare modificare sposta spostare rinomina carica inserisci scrivi ' +
    'creer cree ajouter ajoute modifier modifie envoyer envoie enregistrer enregistre ecrire deplacer deplace renommer publier changer ' +
    'creeaza salveaza adauga trimite actualizeaza modifica ' +
    'erstellen erstelle anlegen aktualisieren aktualisiere senden sende speichern speichere hinzufugen hinzufuegen schreiben schreibe ' +
    'aendern andern verschieben umbenennen bearbeiten einfugen einfuegen hochladen versenden setzen ' +
    'aanmaken maak toevoegen voeg bijwerken wijzigen wijzig opslaan versturen stuur verzenden verplaatsen hernoemen schrijven ' +
    'skapa uppdatera spara skicka andra lagg flytta skriva opprette opprett oppdater oppdatere lagre sende endre flytt skriv ' +
    'opret opdater gemme aendre luo paivita tallenna laheta muokkaa lisaa siirra kirjoita ' +
    'utworz stworz dodaj zmien aktualizuj zaktualizuj zapisz wyslij przenies edytuj ustaw vytvor uloz pridej uprav odesli letrehoz frissit kuld ' +
    'ekle olustur guncelle kaydet gonder duzenle degistir tasi yukle buat kirim simpan perbarui ubah tambah taomoi gui capnhat luu ' +
    'создать создай обновить обнови добавить добавь изменить измени сохранить сохрани отправить отправь записать переместить ' +
    'переименовать загрузить создати оновити додати зберегти надіслати sozdat obnovit dobavit izmenit sokhranit otpravit ' +
    'chuangjian gengxin tianjia baocun fasong xiugai sakusei koshin tsuika soshin hozon henshu saengseong sujeong',
  execute:
    'ejecutar ejecuta iniciar inicia detener detiene reiniciar reinicia desplegar despliega lanzar lanza arrancar ' +
    'executar executa rodar reiniciar parar implantar disparar ' +
    'eseguire esegui avvia avviare ferma fermare riavvia riavviare lancia ' +
    'executer execute lancer lance demarrer demarre arreter arrete redemarrer redemarre deployer ' +
    'executa ruleaza porneste opreste ' +
    'ausfuhren ausfuehren fuhre starten starte stoppen stoppe anhalten neustarten bereitstellen auslosen ausloesen herunterfahren ' +
    'uitvoeren voeruit herstarten afsluiten uitrollen starten stoppen ' +
    'kor kora starta stoppa stoppe kjore kjor utfor utfore korer afvikle udfor genstart omstart suorita aja kaynnista pysayta ' +
    'uruchom wykonaj zatrzymaj wlacz wylacz zrestartuj spust zastav proved futtat indit leallit ' +
    'calistir baslat durdur yurut jalankan hentikan mulai chay thucthi ' +
    'выполнить выполни запустить запусти остановить останови перезапустить исполнить развернуть включить выключить виконати запустити ' +
    'vypolnit zapustit ostanovit perezapustit ' +
    'zhixing yunxing qidong tingzhi chongqi bushu jikko kido teishi saikido silhaeng',
  destructive:
    'eliminar elimina elimine borrar borra borre quitar quita vaciar vacia destruir destruye suprimir suprime purgar purga anular anula ' +
    'desinstalar restablecer limpiar limpia ' +
    'excluir exclui apagar apaga deletar deleta remover remove limpar limpa esvaziar destroi desinstalar revogar redefinir ' +
    'cancella cancellare elimina eliminare rimuovi rimuovere svuota svuotare distruggi azzera pulisci disinstalla revoca ' +
    'supprimer supprime effacer efface detruire detruit vider vide enlever enleve retirer nettoyer reinitialiser desinstaller revoquer ' +
    'sterge goleste distruge ' +
    'loschen loesche losche loeschen entfernen entferne zurucksetzen zuruecksetzen leeren vernichten zerstoren zerstoeren bereinigen ' +
    'widerrufen deinstallieren tilgen austragen ' +
    'verwijderen verwijder wissen wis vernietigen leegmaken opschonen intrekken ' +
    'radera tabort rensa forstora slett slette fjern fjerne tomme slet nulstil ryd odelegg poista tyhjenna tuhoa nollaa ' +
    'usun usuwa usuwac usunac skasuj kasuj wyczysc oproznij zniszcz wymaz smaz smazat odstran odstranit vymaz vycisti torol torles eltavolit urit ' +
    'sil kaldir temizle yoket sifirla bosalt hapus buang kosongkan musnahkan xoa xoabo ' +
    'удалить удали удаляет удаление удалять удалит стереть сотри очистить очисти снести уничтожить уничтожь сбросить сбрось отозвать ' +
    'видалити видали очистити знищити udalit udali udalenie steret ochistit ' +
    'diagrafi διαγραφη διεγραψε διαγραψε حذف احذف مسح מחק מחיקה हटाएं हटाओ मिटाएं ' +
    'shanchu qingkong xiaohui yichu chongzhi sakujo shokyo kesu shokika sakje chogihwa',
  financial:
    'pagar paga pague comprar compra vender vende reembolsar reembolsa transferir transfiere transfere cobrar cobra facturar factura ' +
    'faturar estornar estorna sacar depositar ' +
    'pagare paghi acquista acquistare compra vendi vendere rimborsa rimborsare trasferisci addebita fattura bonifico ' +
    'payer paie acheter achete vendre vend rembourser rembourse facturer virer debiter ' +
    'plateste cumpara vinde ramburseaza ' +
    'bezahlen bezahle zahlen zahle kaufen kaufe verkaufen verkaufe uberweisen ueberweisen uberweise erstatten abbuchen auszahlen einzahlen ' +
    'betalen betaal kopen koop verkopen verkoop terugbetalen overmaken afschrijven ' +
    'betala kopa salj aterbetala overfor betale betal kjop kjope selg kob kobe saelg tilbagebetal maksa osta myy hyvita ' +
    'zaplac oplac placic kup kupuj sprzedaj zwrocpieniadze przelej wyplac zaplat prodej fizet vasarol ' +
    'ode odeme satinal havale iadeet bayar beli jual thanhtoan muahang ' +
    'оплатить оплати заплатить купить купи продать продай списать сплатити купити oplatit kupit prodat ' +
    'zhifu fukuan zhuanzhang goumai tuikuan xiadan shiharai konyu sokin henkin gyeolje',
};

/** Letters that have no accent to lose. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};
const ACCENTS = /[\u0300-\u036f]/g;

/** A word or a name in plain letters: `löschen` is `loschen`, `usuń` is `usun`. */
export function withoutAccents(text: string): string {
  const plain = normalForm(text, 'NFD')
    .replace(ACCENTS, '')
    .replace(/[ßøłđæœıþð]/gi, (letter) => LETTERS[letter.toLowerCase()] ?? letter);
  return normalForm(plain, 'NFC');
}
