"""Envelopes, padding and parts against the vectors that others wrote, on the server."""

import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from feria_inversa.llaves import hpke, partes, relleno, secreto
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.sobres import cerrar
from nucleo.dinero import bs

A1: dict[str, Any] = json.loads((Path(__file__).parent / "datos" / "rfc9180_a1.json").read_text())
EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[4] / "shared" / "datos"))
SLIP39 = EXTERNOS / "feria" / "slip39_vectors.json"


def octetos(campo: str) -> bytes:
    return bytes.fromhex(A1[campo])


def test_los_pares_del_rfc() -> None:
    """RFC 9180, A.1.1: the recipient's pair and the ephemeral one, from what they are derived of."""
    for de, privada, publica in (("ikmR", "skRm", "pkRm"), ("ikmE", "skEm", "pkEm")):
        assert hpke.privada_de(octetos(de)) == octetos(privada)
        assert hpke.publica_de(octetos(privada)) == octetos(publica)


def test_el_sobre_del_rfc() -> None:
    """Its messages have associated data, which ours have not: by the library's own door for it."""
    (mensaje,) = A1["encryptions"]
    dicho = openssl.hpke._decrypt_with_aad(
        hpke._SUITE,
        octetos("enc") + bytes.fromhex(mensaje["ct"]),
        X25519PrivateKey.from_private_bytes(octetos("skRm")),
        octetos("info"),
        bytes.fromhex(mensaje["aad"]),
    )
    assert dicho == bytes.fromhex(mensaje["pt"])


def test_se_abre_con_su_llave_y_para_lo_suyo() -> None:
    privada = octetos("skRm")
    sobre = hpke.sellar(octetos("pkRm"), "uno", b"12345")
    assert len(sobre) == 5 + hpke.BYTES_DE_MAS
    assert hpke.abrir(privada, "uno", sobre) == b"12345"
    assert hpke.sellar(octetos("pkRm"), "uno", b"12345") != sobre
    cambiado = sobre[:-1] + bytes([sobre[-1] ^ 1])
    for llave, info, cual in (
        (privada, "dos", sobre),
        (octetos("skEm"), "uno", sobre),
        (privada, "uno", cambiado),
        (privada, "uno", sobre[:40]),
    ):
        with pytest.raises(hpke.NoAbre):
            hpke.abrir(llave, info, cual)
    with pytest.raises(hpke.NoAbre):
        hpke.sellar(b"\0" * 32, "uno", b"12345")


@given(st.binary(max_size=3000), st.integers(1, 200))
def test_el_relleno_vuelve_y_no_dice_el_largo(dicho: bytes, items: int) -> None:
    relleno_ = relleno.rellenar(dicho, items)
    assert relleno.sin_relleno(relleno_) == dicho
    assert len(relleno_) == relleno.tamano_para(items) == 1024 + 4864 * items


@pytest.mark.parametrize("items", [1, 7, 200])
def test_lo_mas_largo_que_se_puede_ofertar_cabe(items: int) -> None:
    """Each item, with all that a line admits, in letters of four bytes or that are escaped."""
    for letra in ("\U0001f9f6", '"', "\n"):
        lineas = [
            LineaEntrada.model_construct(
                item_id=UUID(int=n),
                precio_unitario=bs("999999999999.9999"),
                marca=letra * 120,
                detalle=letra * 1000,
                plazo_dias=1095,
            )
            for n in range(items)
        ]
        dicho, _huella = cerrar(lineas)
        assert len(relleno.rellenar(dicho, items)) == relleno.tamano_para(items)


def test_lo_que_no_es_relleno() -> None:
    for malo in (b"", b"\0\0", b"dicho", b"dicho\0"):
        with pytest.raises(ValueError, match="no padding"):
            relleno.sin_relleno(malo)
    with pytest.raises(relleno.NoCabe):
        relleno.rellenar(b"x" * relleno.tamano_para(1), 1)


@pytest.mark.skipif(not SLIP39.is_file(), reason="faltan los datos externos (QHATU_DATOS_EXTERNOS)")
def test_las_partes_de_slip39() -> None:
    """All 45: those with a secret give it, with the passphrase of all; the others are refused."""
    from shamir_mnemonic import combine_mnemonics

    casos = json.loads(SLIP39.read_text())
    assert len(casos) == 45
    buenos = 0
    for nombre, palabras, esperado, _xprv in casos:
        if esperado:
            assert combine_mnemonics(palabras, b"TREZOR").hex() == esperado, nombre
            buenos += 1
        else:
            with pytest.raises(partes.PartesMalas):
                partes.juntar(palabras)
    assert buenos == 15


def test_con_menos_partes_no_hay_llave() -> None:
    llave = octetos("skRm")
    tres = partes.partir(llave, 2, 3)
    assert len({*tres}) == 3
    for dos in ([0, 1], [0, 2], [2, 1]):
        assert partes.juntar([tres[i] for i in dos]) == llave
    with pytest.raises(partes.PartesMalas):
        partes.juntar(tres[:1])
    with pytest.raises(partes.PartesMalas):
        partes.juntar([tres[0], partes.partir(llave, 2, 3)[1]])


def test_el_secreto_se_lee_como_se_escriba() -> None:
    escrito = secreto.nuevo()
    leido = secreto.leer(escrito)
    assert leido is not None
    assert secreto.leer(f" {escrito.lower().replace('-', ' ')} ") == leido
    assert secreto.leer(leido.replace("0", "o").replace("1", "l")) == leido
    assert secreto.leer(escrito[:-1]) is None
    assert secreto.leer(escrito[:-1] + "U") is None
    assert len(secreto.privada_del(leido)) == 32
