"""Scratch: every public sample received on a real database, twice."""

import glob, re, time, collections
import pytest
from tests.pagos.banco.conftest import regulador  # noqa
from nucleo.bd import transaccion
from pagos.banco import recibir
from pagos.banco.consultas import cuenta_por_estado
from pagos.banco.errores import ArchivoDeBancoInvalido
from pagos.banco.verificar import verificar_banco
from tests.pagos.banco.extractos import camt, Apunte


def test_corpus(firma, regulador):
    tot = collections.Counter()
    t0 = time.time()
    for vez in range(2):
        for f in sorted(glob.glob("/tmp/camt/*/*") + glob.glob("/work/shared/datos/pagos/camt/*")):
            d = __import__("pathlib").Path(f).read_bytes()
            if (
                not re.search(rb"xsd:(camt\.05[34]\.001\.\d\d)", d[:6000])
                or b"targetNamespace" in d[:3000]
                or not d.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
                or d.lstrip().startswith(b"<?php")
            ):
                continue
            if vez:
                d = d + b"\n"  # other bytes, the same content
            with transaccion() as s:
                try:
                    a = recibir(s, regulador, nombre="x.xml", contenido=d)
                except ArchivoDeBancoInvalido:
                    tot[vez, "rechazado"] += 1
                    continue
                c = cuenta_por_estado(s, [a.id])[a.id]
                tot[vez, "archivos"] += 1
                tot[vez, "lineas"] += c["total"]
                tot[vez, "nuevas"] += c["nuevas"]
        print(vez, time.time() - t0, tot, flush=True)
    with transaccion() as s:
        assert verificar_banco(s) == []


def test_grande(firma, regulador):
    t0 = time.time()
    with transaccion() as s:
        recibir(
            s,
            regulador,
            nombre="g.xml",
            contenido=camt(
                [
                    Apunte(monto="1.00", referencia=f"R{i}", detalles=[(f"E{i}", "1.00", None)])
                    for i in range(20_000)
                ]
            ),
        )
    print("20k", time.time() - t0)
