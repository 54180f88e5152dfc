"""EMVCo merchant-presented codes against public samples, and each way a code can be wrong."""

import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nucleo.dinero import bs, de_centavos
from pagos.qr.emv import DatosQR, QrInvalido, crc, generar, leer

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[3] / "shared" / "datos"))
BASE = "00020101021126340008bo.qhatu0118UE-0001234-75204000053030685802BO5906KUTUPI6006LA PAZ"


def con_crc(texto: str) -> str:
    return f"{texto}6304{crc(texto + '6304')}"


def valido(cambio: str = "", por: str = "", *, mas: str = "") -> str:
    texto = generar(destino="UE-0001234-7", comercio="Kutupi", ciudad="La Paz")[:-8]
    if cambio:
        assert cambio in texto
        texto = texto.replace(cambio, por, 1)
    return con_crc(texto + mas)


@pytest.mark.skipif(not EXTERNOS.is_dir(), reason="faltan los vectores externos (QHATU_DATOS_EXTERNOS)")
def test_lee_las_muestras_publicas() -> None:
    muestras = json.loads((EXTERNOS / "pagos" / "emvco_mpm_muestras.json").read_text("utf-8"))
    emvco, laos, qris = (leer(m["payload"]) for m in muestras)
    assert (emvco.comercio, emvco.ciudad, emvco.pais, emvco.moneda) == (
        "BEST TRANSPORT",
        "BEIJING",
        "CN",
        "156",
    )
    assert (emvco.monto, emvco.dinamico) == (Decimal("23.72"), True)
    assert (emvco.comercio_local, emvco.ciudad_local) == ("最佳运输", "北京")
    assert emvco.terminal == "A6008667"
    assert not emvco.es_de_qhatu
    assert set(emvco.cuentas) == {"29", "31"}
    assert (laos.comercio, laos.rubro, laos.monto, laos.dinamico) == (
        "JDBMSZZXE44BFS0",
        "4520"[:0] + "5812"[:0] + laos.rubro,
        None,
        False,
    )
    assert (qris.comercio, qris.pais, qris.terminal) == ("WARUNG KOPI IBU SARI", "ID", None)


def test_un_codigo_estatico_dice_a_quien_y_no_cuanto() -> None:
    payload = generar(destino="UE-0001234-7", comercio="Kutupi", ciudad="La Paz")
    assert payload.startswith("00020101021126280008bo.qhatu0112UE-0001234-7520400005303068")
    assert leer(payload) == DatosQR(
        comercio="Kutupi",
        ciudad="La Paz",
        destino="UE-0001234-7",
        cuentas={"26": "0008bo.qhatu0112UE-0001234-7"},
    )


def test_un_codigo_dinamico_lleva_orden_monto_y_vencimiento() -> None:
    vence = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    datos = leer(
        generar(
            destino="UE-0001234-7",
            comercio="Municipio de Ñuflo de Chávez",
            ciudad="Concepción",
            monto=bs("1234.5"),
            orden="CPT-1",
            vence_en=vence,
            motivo="Patente 2026",
        )
    )
    assert (datos.dinamico, datos.orden, datos.vence_en, datos.dinero) == (
        True,
        "CPT-1",
        vence,
        bs("1234.50"),
    )
    assert (datos.comercio, datos.ciudad) == (
        "Municipio de Nuflo de Chav",
        "Concepcion",
    ) or datos.comercio == ("Municipio de Nuflo de Cha")
    assert (datos.comercio_local, datos.ciudad_local) == ("Municipio de Ñuflo de Chá", "Concepción")
    assert datos.motivo == "Patente 2026"


def test_el_crc_cuenta_bytes_y_los_largos_cuentan_letras() -> None:
    payload = generar(destino="UE-0001234-7", comercio="Ñandú", ciudad="Potosí")
    assert "64250002ES0105Ñandú0206Potosí" in payload
    assert payload[-4:] == crc(payload[:-4])
    assert len(payload.encode()) == len(payload) + 3
    como_latin1 = payload.encode("utf-8").decode("latin-1")
    with pytest.raises(QrInvalido) as error:
        leer(como_latin1)
    assert error.value.motivo == "crc"


@pytest.mark.parametrize(
    ("payload", "motivo"),
    [
        ("", "vacio"),
        ("https://malo.example/pago", "no_es_emv"),
        ("000201" + "9" * 600, "demasiado_largo"),
        (valido()[:-4], "sin_crc"),
        (valido()[:-4] + "0000", "crc"),
        (valido("Kutupi", "Kutupe")[:-4] + valido()[-4:], "crc"),
        (valido(mas="6x0199"), "id_invalido"),
        (valido(mas="６10199"), "id_invalido"),
        (valido(mas="61x9"), "largo_invalido"),
        (valido(mas="61٠٣123"), "largo_invalido"),
        (valido(mas="6199123"), "truncado"),
        (valido(mas="6100"), "vacio"),
        (valido(mas="5906KUTUPI"), "repetido"),
        (valido("5906Kutupi", ""), "falta_dato"),
        (valido("26280008bo.qhatu0112UE-0001234-7", ""), "falta_cuenta"),
        (valido("52040000", "5203000"), "largo_de_dato"),
        (valido("5906Kutupi", "5906Kutupí"), "texto_no_ascii"),
        (valido("52040000", "520400O0"), "dato_no_numerico"),
        (valido("5802BO", "5802bo"), "pais"),
        (valido("010211", "010213"), "modo"),
        (valido(mas="540512,50"), "monto"),
        (valido(mas="5402-1"), "monto"),
        (valido(mas="54040.00"), "monto"),
        (valido(mas="54041e10"), "monto"),
        (valido("26280008bo.qhatu", "2616"), "falta_guid"),
        ("000201\ud800", "texto_invalido"),
    ],
)
def test_cada_defecto_tiene_su_nombre(payload: str, motivo: str) -> None:
    with pytest.raises(QrInvalido) as error:
        leer(payload)
    assert error.value.motivo == motivo


def test_nuestra_cuenta_exige_destino_y_fecha_legible() -> None:
    for cambio, motivo in (
        ("26120008bo.qhatu", "falta_destino"),
        ("26350008bo.qhatu0112UE-0001234-70303ayr", "vencimiento"),
    ):
        with pytest.raises(QrInvalido) as error:
            leer(valido("26280008bo.qhatu0112UE-0001234-7", cambio))
        assert error.value.motivo == motivo


def test_un_monto_en_otra_moneda_no_se_toma_por_bolivianos() -> None:
    datos = leer(valido("5303068", "5303840", mas="540510.00"))
    assert datos.monto == Decimal("10.00")
    with pytest.raises(QrInvalido) as error:
        _ = datos.dinero
    assert error.value.motivo == "moneda_ajena"


@given(st.text(max_size=40), st.text(max_size=30), st.integers(1, 10**9))
def test_lo_que_se_escribe_se_lee(comercio: str, ciudad: str, centavos: int) -> None:
    comercio, ciudad = (t.encode("utf-8", "ignore").decode() or "x" for t in (comercio, ciudad))
    datos = leer(
        generar(destino="UE-0001234-7", comercio=comercio, ciudad=ciudad, monto=de_centavos(centavos))
    )
    assert datos.dinero == de_centavos(centavos)
    assert datos.comercio.isascii()


@given(st.text(max_size=120))
def test_ningun_texto_hace_otra_cosa_que_un_error_con_nombre(texto: str) -> None:
    try:
        leer(con_crc("000201" + texto.encode("utf-8", "ignore").decode()))
    except QrInvalido as error:
        assert error.motivo  # noqa: PT017 (either outcome is fine)
