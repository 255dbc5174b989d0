import { lchownSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { foreignAmong } from '../../../src/platform/files/owner.js';
import { folderWith } from '../../config/folder.js';
import { onWindows, skip } from '../../skip.js';

describe.skipIf(onWindows('files have no owner that Node tells'))('whose files are', () => {
  const place = () => {
    const folder = folderWith({ 'a.txt': '' });
    return { folder, file: path.join(folder, 'a.txt') };
  };

  it('ours and those of root are trusted, and so is what is not there', () => {
    const { folder, file } = place();
    expect(foreignAmong([file, folder, '/', path.join(folder, 'none')])).toBeUndefined();
  });

  it.skipIf(skip(process.geteuid?.() !== 0, 'only root gives files away'))(
    'a link of another user is named, also where it leads nowhere yet',
    () => {
      const { folder } = place();
      const link = path.join(folder, 'link');
      symlinkSync('nowhere', link);
      lchownSync(link, 4_242, 4_242);
      expect(foreignAmong([link])).toEqual({ file: link, uid: 4_242 });
    },
  );

  it('those of others are named', () => {
    const { file } = place();
    const us = process.geteuid?.() ?? 0;
    // As root runs this, its own files are nobody else's for any user.
    if (us === 0) expect(foreignAmong([file], 12_345)).toBeUndefined();
    else expect(foreignAmong(['/', file], us + 1)).toEqual({ file, uid: us });
  });
});
