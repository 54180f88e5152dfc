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


ASUNTO = "00020101021226320008bo.qhatu0516ABCDEFGHIJKLMNOP5204000053030685802BO5906KUTUPI6006LA PAZ"


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
        (valido(mas="54069.8.00"), "monto"),
        (valido(mas="540798,7300"), "monto"),
        (valido(mas="54053 705"), "monto"),
        (valido(mas="540698.735"), "monto"),
        (valido(mas="5401."), "monto"),
        (valido(mas="5403.00"), "monto"),
        (valido(mas="550202"), "recargo"),
        (valido(mas="5502025604" + "5.00"), "recargo"),
        (valido(mas="5502035701" + "5"), "recargo"),
        (valido(mas="5604" + "5.00"), "recargo"),
        (valido(mas="550204"), "recargo"),
        (valido(mas="27280008bo.qhatu0112UE-0009999-9"), "cuenta_doble"),
        (valido(mas="51280008BO.QHATU0112UE-0001234-7"), "cuenta_doble"),
        (valido("26280008bo.qhatu0112UE-0001234-7", "26240008bo.qhatu0112UE-00012"), "truncado"),
        ("000201\ud800", "texto_invalido"),
    ],
)
def test_cada_defecto_tiene_su_nombre(payload: str, motivo: str) -> None:
    with pytest.raises(QrInvalido) as error:
        leer(payload)
    assert error.value.motivo == motivo


@pytest.mark.parametrize(
    ("escrito", "monto"),
    [
        ("98.73", "98.73"),
        ("98", "98"),
        ("98.", "98"),
        ("98.7", "98.7"),
        ("0.50", "0.50"),
        (".5", "0.5"),
        ("007", "7"),
    ],
)
def test_los_montos_que_la_especificacion_admite(escrito: str, monto: str) -> None:
    assert leer(valido(mas=f"54{len(escrito):02d}{escrito}")).dinero == bs(monto)


PROMPTPAY = "00020101021129370016A000000677010111011300668999999995802TH5303764"
VIETQR = (
    "000201010212"
    + ("3857" + "0010A000000727" + "0127" + "0006970403" + "01130011012345678" + "0208QRIBFTTA")
    + ("5303704" + "5406180000" + "5802VN" + "6234" + "0107NPS6869" + "0819thanh toan don hang")
)
SIN_NOMBRE = "0002010102112604abcd5303068"
CON_TILDES = "00020101021138120008vn.otros520458125303704" + "5802VN5911Cà Phê Việt6003Huế"


@pytest.mark.parametrize("texto", [PROMPTPAY, VIETQR, SIN_NOMBRE, CON_TILDES])
def test_un_codigo_entero_de_otro_sistema_no_esta_danado(texto: str) -> None:
    datos = leer(con_crc(texto))
    assert (datos.es_de_qhatu, datos.destino, datos.orden) == (False, None, None)
    assert leer(con_crc(texto)[:-4] + con_crc(texto)[-4:].lower()) == datos


def test_lo_que_se_lee_de_un_codigo_ajeno() -> None:
    tailandes = leer(con_crc(PROMPTPAY))
    assert (tailandes.pais, tailandes.moneda, tailandes.comercio, tailandes.rubro) == ("TH", "764", "", "")
    vietnamita = leer(con_crc(VIETQR))
    assert (vietnamita.monto, vietnamita.factura, vietnamita.motivo) == (
        Decimal(180_000),
        "NPS6869",
        "thanh toan don hang",
    )
    assert leer(con_crc(CON_TILDES)).comercio == "Cà Phê Việt"
    assert leer(con_crc(SIN_NOMBRE + "5405ab.cd")).monto is None


def test_una_cuenta_nuestra_vale_junto_a_las_de_otros() -> None:
    for otra in ("2704abcd", "27080004otro", "02164111111111111111"):
        assert leer(valido(mas=otra)).destino == "UE-0001234-7"
    assert leer(valido(mas="550201")).monto is None
    assert leer(valido(mas="62070503***")).referencia is None


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


def test_un_codigo_de_persona_es_otra_clase() -> None:
    payload = generar(persona="ABCDEFGHIJKLMNOP", comercio="Ana Quispe", ciudad="Bolivia", monto=bs("2.50"))
    leido = leer(payload)
    assert (leido.persona, leido.destino, leido.es_de_qhatu, leido.dinero) == (
        "ABCDEFGHIJKLMNOP",
        None,
        True,
        bs("2.50"),
    )
    with pytest.raises(QrInvalido) as doble:
        generar(persona="ABCDEFGHIJKLMNOP", destino="UE-0001234-7", comercio="Ana", ciudad="Bolivia")
    assert doble.value.motivo == "cuenta_doble"
    with pytest.raises(QrInvalido) as nadie:
        generar(comercio="Ana", ciudad="Bolivia")
    assert nadie.value.motivo == "falta_destino"


def test_lo_que_paga_un_asunto() -> None:
    """Made for one payment; with a unit or a person beside it nobody knows whom it pays."""
    hecho = generar(asunto="ABCDEFGHIJKLMNOP", comercio="Kutupi", ciudad="La Paz", monto=bs("12.50"))
    leido = leer(hecho)
    assert (leido.asunto, leido.destino, leido.persona) == ("ABCDEFGHIJKLMNOP", None, None)
    assert (leido.dinamico, leido.es_de_qhatu, leido.dinero) == (True, True, bs("12.50"))
    assert leer(con_crc(ASUNTO)).asunto == "ABCDEFGHIJKLMNOP"
    doble = ASUNTO.replace("26320008bo.qhatu", "26420008bo.qhatu0406PERSON")
    with pytest.raises(QrInvalido) as error:
        leer(con_crc(doble))
    assert error.value.motivo == "cuenta_doble"
