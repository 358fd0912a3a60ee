'use client';
import { useEffect, useRef, useState } from 'react';
import { textWorkbook } from '../../../ui/table/workbook.ts';
import { refusedBeforehand } from './chosen-files.ts';
import { pastedRows } from './pasted-rows.ts';

/**
 * Takes files that are dropped or pasted anywhere on the page, and rows that were copied out of a spreadsheet, which
 * become a file of that name. Answers whether something is being dragged over the page.
 */
export function useIncomingFiles(onFiles: (files: readonly File[]) => void, pastedName: string): boolean {
  const latest = useRef({ onFiles, pastedName });
  latest.current = { onFiles, pastedName };
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      // Without this the browser leaves the page for the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current.onFiles(files);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      // A spreadsheet puts a picture of the cells beside their text.
      const isPicture = files.every((file) => refusedBeforehand(file) === 'NOT_A_SPREADSHEET');
      const rows =
        isPicture && !isWritable(event.target) ? pastedRows(event.clipboardData?.getData('text/plain')) : null;
      if (rows === null && files.length === 0) return;
      event.preventDefault();
      if (rows === null) latest.current.onFiles(files);
      else void fileOf(rows, latest.current.pastedName).then((file) => latest.current.onFiles([file]));
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, []);
  return isOver;
}

function isWritable(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

async function fileOf(rows: readonly (readonly string[])[], name: string): Promise<File> {
  return new File([await textWorkbook(rows)], name);
}
