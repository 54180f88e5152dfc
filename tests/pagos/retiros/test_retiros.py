"""Withdrawals: held, sent to the bank in an exact file, ended once by what its statement says."""

import html
import re
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs
from nucleo.errores import Conflicto, ErrorDominio, Prohibido
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd, fecha_bolivia
from pagos import FondosInsuficientes, TipoCuenta, cuenta_de_sistema, cuenta_de_unidad
from pagos.banco.consultas import lineas_de
from pagos.banco.recibir import recibir
from pagos.cobros.cobros_del_dia import resumen_del_dia
from pagos.libro import exigir_supervisor, obtener_cuenta
from pagos.libro.modelos import ReglaDeComision
from pagos.retiros import retiros
from pagos.retiros.errores import (
    ComisionDistinta,
    RetiroDistinto,
    RetiroInexistente,
    RetiroInvalido,
    RetiroNoAdmite,
)
from pagos.retiros.modelos import LoteDeRetiros, Retiro
from pagos.retiros.verificar import verificar_retiros
from pagos.supervision.reglas import agregar_comision
from tests.pagos.banco.extractos import camt_simple
from tests.pagos.firma import Firma

P = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"


@pytest.fixture
def regulador(
    firma: Firma, crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], actor_de: Any
) -> Any:
    persona = crear_persona("Rita", ci="1900009")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=persona,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    firma.personas["rita"] = persona
    return actor_de(persona)


def _pedir(firma: Firma, monto: str = "100.00", quien: str = "beto", **datos: Any) -> Retiro:
    datos = {
        "banco": "UNION",
        "numero_cuenta": "1000-2345-67",
        "titular": "Coop  Ñandú & Cía",
    } | datos
    id, vista = datos.pop("id", uuid.uuid4()), datos.pop("comision_vista", None)
    with transaccion() as sesion:
        datos.setdefault("cuenta_id", cuenta_de_unidad(sesion, firma.unidad.id))
        pedido = retiros.DatosDeRetiro(monto=bs(monto), **datos)
        return retiros.pedir(sesion, getattr(firma, quien), id, pedido, comision_vista=vista)


def _regla(regulador: Any, **datos: Any) -> ReglaDeComision:
    """Withdrawals pay from now on: 1 % plus Bs 0,50, between Bs 2 and Bs 10."""
    datos = {
        "operacion": "retiro",
        "tasa_pb": 100,
        "fijo": bs("0.50"),
        "minimo": bs(2),
        "maximo": bs(10),
        "impuesto_pb": 1300,
        "vigente_desde": None,
        "norma": "Resolución 1/2026",
    } | datos
    with transaccion() as sesion:
        return agregar_comision(sesion, exigir_supervisor(sesion, regulador), **datos)


def _verificar() -> list[str]:
    with transaccion() as sesion:
        return verificar_retiros(sesion)


def _comisiones() -> tuple[int, int]:
    """What the platform has earned, and what waits with its withdrawals."""
    with transaccion() as sesion:
        cuenta = obtener_cuenta(sesion, cuenta_de_sistema(sesion, TipoCuenta.COMISION))
        return a_centavos(cuenta.saldo), a_centavos(cuenta.creditos_pendientes)


def _saldos(firma: Firma) -> tuple[int, int, int]:
    """The unit's balance and what it can spend; what is on its way out at the bank."""
    with transaccion() as sesion:
        cuenta = obtener_cuenta(sesion, cuenta_de_unidad(sesion, firma.unidad.id))
        banco = obtener_cuenta(sesion, cuenta_de_sistema(sesion, TipoCuenta.LIQUIDACION))
        return a_centavos(cuenta.saldo), a_centavos(cuenta.disponible), a_centavos(banco.saldo)


def _estado(id: uuid.UUID) -> str:
    with transaccion() as sesion:
        return sesion.get_one(Retiro, id).estado


def _lote(regulador: Any) -> LoteDeRetiros:
    with transaccion() as sesion:
        return retiros.exportar_lote(sesion, regulador)


def _conciliar(regulador: Any, *movimientos: tuple[str, str, str]) -> list[str]:
    with transaccion() as sesion:
        archivo = recibir(sesion, regulador, nombre="e.xml", contenido=camt_simple(*movimientos))
        return [m.resultado for _linea, m in lineas_de(sesion, archivo.id, CursorPedido(None, 100))[0]]


def test_se_reserva_y_se_puede_cancelar(firma: Firma) -> None:
    retiro = _pedir(firma, "1000.00")
    assert (retiro.numero_cuenta, retiro.titular, len(retiro.extremo)) == (
        "1000234567",
        "Coop Ñandú & Cía",
        34,
    )
    assert _saldos(firma) == (500_000, 400_000, 0)
    with transaccion() as sesion:
        with pytest.raises(RetiroInexistente):
            retiros.cancelar(sesion, firma.eva, retiro.id)
        retiros.cancelar(sesion, firma.beto, retiro.id)
        assert retiros.cancelar(sesion, firma.beto, retiro.id).estado == "cancelado"
    assert _saldos(firma) == (500_000, 500_000, 0)


def test_lo_que_no_va_no_reserva(firma: Firma) -> None:
    id = _pedir(firma).id
    with pytest.raises(RetiroDistinto):
        _pedir(firma, "2.00", id=id)
    with pytest.raises(RetiroDistinto):
        _pedir(firma, titular="Otra Persona", id=id)
    assert _pedir(firma, id=id).id == id
    with pytest.raises(FondosInsuficientes):
        _pedir(firma, "4900.01")
    with pytest.raises(Prohibido):
        _pedir(firma, quien="eva")
    for malo in (
        {"banco": "X"},
        {"numero_cuenta": "12a45"},
        {"numero_cuenta": "000-000-000"},
        {"titular": " "},
    ):
        with pytest.raises(RetiroInvalido) as error:
            _pedir(firma, **malo)
        assert list(error.value.campos or {}) == list(malo)
    assert _saldos(firma) == (500_000, 490_000, 0)


def test_el_archivo_del_banco_es_exacto(firma: Firma, regulador: Any) -> None:
    pedidos = [_pedir(firma, monto) for monto in ("0.10", "0.20", "1234.56")]
    with transaccion() as sesion, pytest.raises(Prohibido):
        retiros.exportar_lote(sesion, firma.beto)
    lote = _lote(regulador)
    raiz = etree.fromstring(lote.contenido)
    assert raiz.tag == f"{P}Document"
    for grupo in ("GrpHdr", "PmtInf"):
        assert raiz.findtext(f".//{P}{grupo}/{P}NbOfTxs") == "3"
        assert raiz.findtext(f".//{P}{grupo}/{P}CtrlSum") == "1234.86"
    assert raiz.findtext(f".//{P}PmtInf/{P}BtchBookg") == "false"
    assert [c.tag.removeprefix(P) for c in raiz.find(f".//{P}PmtInf")][:9] == [
        "PmtInfId",
        "PmtMtd",
        "BtchBookg",
        "NbOfTxs",
        "CtrlSum",
        "ReqdExctnDt",
        "Dbtr",
        "DbtrAcct",
        "DbtrAgt",
    ]
    primera = raiz.find(f".//{P}CdtTrfTxInf")
    assert primera.findtext(f"{P}PmtId/{P}EndToEndId") == pedidos[0].extremo
    monto = primera.find(f"{P}Amt/{P}InstdAmt")
    assert (monto.text, monto.get("Ccy")) == ("0.10", "BOB")
    assert primera.findtext(f"{P}CdtrAgt/{P}FinInstnId/{P}Nm") == "Banco Union"
    assert primera.findtext(f"{P}Cdtr/{P}Nm") == "Coop Nandu + Cia"
    assert primera.findtext(f"{P}CdtrAcct/{P}Id/{P}Othr/{P}Id") == "1000234567"
    with pytest.raises(Conflicto):
        _lote(regulador)
    with transaccion() as sesion, pytest.raises(RetiroNoAdmite):
        retiros.cancelar(sesion, firma.beto, pedidos[0].id)


def test_dos_operadores_a_la_vez_no_envian_dos_veces(firma: Firma, regulador: Any) -> None:
    for _ in range(6):
        _pedir(firma, "1.00")
    barrera, cantidades = threading.Barrier(4), []

    def correr() -> None:
        barrera.wait(timeout=30)
        try:
            cantidades.append(_lote(regulador).cantidad)
        except Conflicto:
            cantidades.append(0)

    hilos = [threading.Thread(target=correr) for _ in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    assert sum(cantidades) == 6


@pytest.mark.parametrize(
    ("monto", "comision"), [("10.00", 200), ("300.00", 350), ("2000.00", 1_000), ("1.00", 100)]
)
def test_la_comision_se_reserva_y_se_cobra_con_el_retiro(
    firma: Firma, regulador: Any, monto: str, comision: int
) -> None:
    _regla(regulador)
    retiro = _pedir(firma, monto, comision_vista=bs(comision) / 100)
    centavos = int(retiro.monto.amount * 100)
    assert retiro.comision == bs(comision) / 100
    assert _saldos(firma) == (500_000, 500_000 - centavos - comision, 0)
    assert _comisiones() == (0, comision)
    # A rule that comes later changes nothing of what was agreed; nor does the file of the bank carry it.
    _regla(regulador, tasa_pb=0, fijo=None, minimo=None, maximo=None)
    lote = _lote(regulador)
    assert lote.total == retiro.monto
    _conciliar(regulador, (retiro.extremo, monto, "DBIT"))
    assert _saldos(firma) == (500_000 - centavos - comision,) * 2 + (centavos,)
    assert _comisiones() == (comision, 0)
    with transaccion() as sesion:  # what it costs to take money out is no cost of the day's charges
        suya = cuenta_de_unidad(sesion, firma.unidad.id)
        dia = resumen_del_dia(sesion, suya, fecha_bolivia(ahora_bd(sesion)))
    assert (dia.cobrado, dia.comisiones, dia.neto) == (0, 0, 0)
    # The bank returns it days later: whole.
    assert _conciliar(regulador, (retiro.extremo, monto, "CRDT")) == ["devuelto_tarde"]
    assert (_saldos(firma), _comisiones()) == ((500_000, 500_000, 0), (0, 0))
    assert _estado(retiro.id) == "devuelto"
    assert _verificar() == []


def test_la_comision_vuelve_si_se_cancela_o_se_rechaza(firma: Firma, regulador: Any) -> None:
    _regla(regulador)
    uno, dos = _pedir(firma, "100.00"), _pedir(firma, "100.00")
    assert _comisiones() == (0, 400)
    with transaccion() as sesion:
        retiros.cancelar(sesion, firma.beto, uno.id)
    _lote(regulador)
    with transaccion() as sesion:
        retiros.resolver(sesion, regulador, dos.id, pagado=False, motivo="Cuenta cerrada")
    assert (_saldos(firma), _comisiones()) == ((500_000, 500_000, 0), (0, 0))


def test_la_verificacion_ve_un_estado_que_el_libro_no_dice(firma: Firma, regulador: Any) -> None:
    _regla(regulador)
    sano, tocado = _pedir(firma), _pedir(firma)
    assert _verificar() == []
    _mover(tocado.id, "cancelado")
    assert _verificar() == [f"el retiro {tocado.id} dice «cancelado» y el libro dice otra cosa"]
    with transaccion() as sesion:
        retiros.cancelar(sesion, firma.beto, sano.id)
    assert len(_verificar()) == 1


def test_sin_dinero_para_la_comision_no_se_reserva_nada(firma: Firma, regulador: Any) -> None:
    _regla(regulador)
    with pytest.raises(FondosInsuficientes):
        _pedir(firma, "4990.01")
    with pytest.raises(ComisionDistinta):
        _pedir(firma, "100.00", comision_vista=bs("1.99"))
    assert (_saldos(firma), _comisiones()) == ((500_000, 500_000, 0), (0, 0))
    _pedir(firma, "4990.00")
    assert _saldos(firma) == (500_000, 0, 0)


def test_la_base_no_deja_cambiar_comisiones(firma: Firma, duenio: Engine, regulador: Any) -> None:
    retiro = _pedir(firma)
    for cambio in (
        f"UPDATE pagos_retiro SET comision = 1 WHERE id = '{retiro.id}'",
        "UPDATE pagos_comision SET tasa_pb = 0",
        "DELETE FROM pagos_comision WHERE operacion = 'venta'",
    ):
        with duenio.connect() as conexion, pytest.raises(DBAPIError):
            conexion.exec_driver_sql(cambio)


def test_por_la_api(firma: Firma, regulador: Any, api: Callable[..., Any]) -> None:
    _regla(regulador)
    beto, eva = api(firma.personas["beto"]), api(firma.personas["eva"])
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, firma.unidad.id)
    cotizada = beto("GET", "/comisiones/retiro?monto=300").json()
    assert (cotizada["comision"]["monto"], cotizada["impuesto"]["monto"]) == ("3.50", "0.46")
    assert beto("GET", "/comisiones/retiro?monto=0.001").status_code == 422
    reglas = beto("GET", "/comisiones").json()["datos"]
    assert [r["operacion"] for r in reglas] == ["retiro", "retiro", "venta"]
    assert {"codigo": "UNION", "nombre": "Banco Unión"} in beto("GET", "/bancos").json()["datos"]
    cuerpo = {
        "cuenta": cuenta,
        "monto": {"monto": "300.00"},
        "banco": "UNION",
        "numero_cuenta": "10002345",
        "titular": "Coop",
        "comision": {"monto": "3.50"},
    }
    cambio = beto("POST", "/retiros", cuerpo | {"comision": {"monto": "3.00"}})
    assert (cambio.status_code, cambio.json()["codigo"]) == (412, "comision_distinta")
    assert eva("POST", "/retiros", cuerpo).status_code == 403
    assert _saldos(firma) == (500_000, 500_000, 0)
    clave = {"Idempotency-Key": "retiro-1"}
    pedido = beto("POST", "/retiros", cuerpo, **clave)
    assert (pedido.status_code, pedido.json()["estado"]) == (201, "pedido")
    assert pedido.json()["titular_en_el_banco"] == "Coop"
    assert beto("POST", "/retiros", cuerpo, **clave).json() == pedido.json()
    assert _saldos(firma) == (500_000, 469_650, 0)
    ruta = f"/retiros/{pedido.json()['id']}"
    assert [r["id"] for r in beto("GET", "/retiros").json()["datos"]] == [pedido.json()["id"]]
    assert (eva("GET", ruta).status_code, eva("POST", f"{ruta}/cancelacion").status_code) == (404, 404)
    assert beto("POST", f"{ruta}/cancelacion").json()["estado"] == "cancelado"
    assert beto("GET", ruta).json()["comision"] == {"monto": "3.50", "moneda": "BOB"}
    assert _saldos(firma) == (500_000, 500_000, 0)


def test_resolver_a_mano(firma: Firma, regulador: Any) -> None:
    uno, dos = _pedir(firma, "10.00"), _pedir(firma, "20.00")
    _lote(regulador)
    with transaccion() as sesion:
        with pytest.raises(ErrorDominio):
            retiros.resolver(sesion, regulador, uno.id, pagado=False)
        with pytest.raises(Prohibido):
            retiros.resolver(sesion, firma.beto, uno.id, pagado=True)
        retiros.resolver(sesion, regulador, uno.id, pagado=False, motivo="Cuenta cerrada")
        retiros.resolver(sesion, regulador, dos.id, pagado=True)
    with transaccion() as sesion, pytest.raises(RetiroNoAdmite):
        retiros.resolver(sesion, regulador, uno.id, pagado=True)
    assert _saldos(firma) == (498_000, 498_000, 2_000)


def _mover(id: uuid.UUID, a: str) -> None:
    lote = uuid.uuid4() if a == "en_lote" else None
    with transaccion() as sesion:
        conexion = sesion.connection()
        if lote:
            conexion.execute(
                text("INSERT INTO pagos_lote_retiro VALUES (:l, 1, 1, :l, nucleo_ahora(), ''::bytea)"),
                {"l": lote},
            )
        conexion.execute(
            text(
                "UPDATE pagos_retiro SET estado = CAST(:a AS text), "
                "lote_id = coalesce(lote_id, CAST(:l AS uuid)), "
                "motivo = CASE WHEN CAST(:a AS text) IN ('rechazado', 'devuelto') THEN 'x' END, "
                "terminado_en = CASE WHEN :fin THEN nucleo_ahora() END WHERE id = :id"
            ),
            {"id": id, "a": a, "l": lote, "fin": a not in ("pedido", "en_lote")},
        )


def test_por_las_paginas(firma: Firma, regulador: Any, sesion_web: Callable[..., Any], cliente: Any) -> None:
    beto, rita = sesion_web(firma.personas["beto"]), sesion_web(firma.personas["rita"])
    html = beto.get("/billetera/retirar").text
    hallado = re.search(r'name="_id" value="([^"]+)"', html)
    assert hallado is not None
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, firma.unidad.id)
    datos = {"_id": hallado[1], "cuenta": str(cuenta), "monto": "12,50", "banco": "BNB", "titular": "Coop"}
    mala = beto.post("/billetera/retirar", data=datos | {"numero_cuenta": "x"})
    assert (mala.status_code, "entre 5 y 20 cifras" in mala.text) == (422, True)
    datos |= {"numero_cuenta": "12345678"}
    confirmar = beto.post("/billetera/retirar", data=datos)
    assert (confirmar.status_code, "Sin comisión" in confirmar.text) == (200, True)
    assert _saldos(firma) == (500_000, 500_000, 0)
    _regla(regulador)
    tarde = beto.post("/billetera/retirar/confirmar", data=datos | {"comision": "0"})
    assert (tarde.status_code, "Ahora la comisión es Bs\xa02,00" in tarde.text) == (412, True)
    assert _saldos(firma) == (500_000, 500_000, 0)
    assert 'name="comision" value="2,00"' in tarde.text
    hecho = beto.post("/billetera/retirar/confirmar", data=datos | {"comision": "2.00"})
    assert hecho.status_code == 303
    assert "•••5678" in beto.get("/billetera/retirar").text
    for quien in (beto, cliente):
        codigos = {403} if quien is beto else {303, 401}
        assert quien.get("/regulador/retiros").status_code in codigos
        assert quien.post("/regulador/retiros/lotes").status_code in codigos
        assert (
            quien.post(f"/regulador/retiros/{hallado[1]}/resolver", data={"pagado": "1"}).status_code
            in codigos
        )
        assert quien.get(f"/regulador/retiros/lotes/{uuid.uuid4()}.xml").status_code in codigos
    assert rita.get("/regulador/retiros").status_code == 200
    assert rita.post("/regulador/retiros/lotes").status_code == 303
    ruta = re.search(r"/regulador/retiros/lotes/[0-9a-f-]+\.xml", rita.get("/regulador/retiros").text)
    assert ruta is not None
    xml = rita.get(ruta[0])
    assert xml.headers["content-type"] == "application/xml"
    extremo = re.search(rb"<EndToEndId>(\w+)<", xml.content)
    assert extremo is not None
    camt = camt_simple((extremo[1].decode(), "12.50", "DBIT"))
    subida = rita.post("/regulador/banco/archivos", files={"archivo": ("e.xml", camt, "application/xml")})
    assert subida.status_code == 303
    assert "el retiro quedó pagado" in rita.get(subida.headers["location"]).text
    assert rita.post("/regulador/banco/archivos").status_code == 422
    assert beto.post(f"/billetera/retirar/{hallado[1]}/cancelar").status_code == 409
    assert _saldos(firma) == (498_550, 498_550, 1_250)


def test_la_pagina_no_elige_el_banco_y_sabe_el_titular(firma: Firma, sesion_web: Callable[..., Any]) -> None:
    pagina = sesion_web(firma.personas["eva"]).get("/billetera/retirar").text
    titular = re.search(r'name="titular"[^>]*value="([^"]*)"', pagina)
    assert titular is not None
    assert titular[1] == firma.personas["eva"].nombre_completo
    banco = re.search(r'<select[^>]*name="banco".*?</select>', pagina, re.DOTALL)
    assert banco is not None
    assert re.search(r'<option value=""[^>]*>Elija un banco</option>', banco[0])
    assert not re.search(r'<option value="[A-Z]+"[^>]* selected', banco[0])
    sin_banco = {"cuenta": "1", "monto": "1,00", "numero_cuenta": "12345678", "titular": "Eva"}
    respuesta = sesion_web(firma.personas["eva"]).post("/billetera/retirar", data=sin_banco)
    assert (respuesta.status_code, "Elija un banco de la lista" in respuesta.text) == (422, True)


@pytest.mark.parametrize(
    ("titular", "en_el_banco"),
    [
        ("Coop Ñandú & Cía", "Coop Nandu + Cia"),
        ("O'Connor d'Arlach, José", "O'Connor d'Arlach, Jose"),
        ("王 小明", "Wang XiaoMing"),
        ("Müller Straße", "Muller Strasse"),
        ("Ana_María; «Sol»", "Ana-Maria, Sol"),
    ],
)
def test_el_banco_recibe_letras_latinas_y_se_dice(
    firma: Firma, regulador: Any, sesion_web: Callable[..., Any], titular: str, en_el_banco: str
) -> None:
    beto = sesion_web(firma.personas["beto"])
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, firma.unidad.id)
    datos = {"cuenta": str(cuenta), "monto": "1", "banco": "BNB", "numero_cuenta": "12345678"}
    pagina = beto.post("/billetera/retirar", data=datos | {"titular": titular})
    assert (pagina.status_code, "Así lo recibe el banco" in pagina.text) == (200, True)
    assert html.unescape(pagina.text).count(en_el_banco) >= 1
    _pedir(firma, "1.00", titular=titular)
    raiz = etree.fromstring(_lote(regulador).contenido)
    assert raiz.findtext(f".//{P}Cdtr/{P}Nm") == en_el_banco
    textos = "".join(raiz.itertext())
    assert re.fullmatch(r"[A-Za-z0-9/\-?:().,'+\s]+", textos)


@pytest.mark.parametrize("titular", ["😀😀", "☃", "♥ Ana", "...", "字" * 40])
def test_lo_que_el_banco_no_puede_leer_no_se_pide(firma: Firma, titular: str) -> None:
    with pytest.raises(RetiroInvalido) as error:
        _pedir(firma, titular=titular)
    assert list(error.value.campos or {}) == ["titular"]
    assert _saldos(firma) == (500_000, 500_000, 0)


def test_un_titular_comun_no_se_explica(firma: Firma, sesion_web: Callable[..., Any]) -> None:
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, firma.unidad.id)
    datos = {
        "cuenta": str(cuenta),
        "monto": "1",
        "banco": "BNB",
        "numero_cuenta": "12345678",
        "titular": "Eva",
    }
    pagina = sesion_web(firma.personas["beto"]).post("/billetera/retirar", data=datos)
    assert (pagina.status_code, "Así lo recibe el banco" in pagina.text) == (200, False)
