"""What was deserted is called again (C + 1), what was annulled published again (P + 1); each item once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from ciudadania.modelos import Notificacion
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.datos_abiertos.verificar import verificar_documentos
from feria_inversa.documentos import Clase, documentos_de, pedidos_de
from feria_inversa.entidades.errores import CuceNoCorresponde
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.impugnacion.errores import NoSeImpugna
from feria_inversa.impugnacion.impugnar import impugnar
from feria_inversa.plan.consultas import enlace_de, linea_de
from feria_inversa.procesos.convocatorias import (
    cancelar_convocatoria,
    crear_borrador,
    eliminar_borrador,
    publicar_convocatoria,
)
from feria_inversa.procesos.documentos import pedir_documentos, subir_documento
from feria_inversa.procesos.errores import EstadoNoPermite, PlazoDeImpugnacion
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, PedidoEntrada
from feria_inversa.procesos.estados import Cierre
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.otra_vez import llamar_otra_vez
from feria_inversa.procesos.presentar import vinculos_de
from feria_inversa.procesos.reloj import cuenta_para_impugnar
from feria_inversa.procesos.verificar import verificar_sucesion
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora, fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.ayudas.papeles import un_pdf
from tests.feria_inversa.conftest import SUCRE, Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import compilado, releases
from tests.feria_inversa.impugnacion.test_impugnaciones import mae as mae
from tests.feria_inversa.impugnacion.test_impugnaciones import resuelve
from tests.feria_inversa.plan.ayudas import OBRA, entrada, publicado

MOTIVO = "Ninguna oferta cumple lo que se pidió."


def otra_vez(feria: Feria, de: UUID, id_: UUID | None = None) -> UUID:
    with transaccion() as sesion:
        return llamar_otra_vez(sesion, feria.entidad.actor, de, id_).id


def publica(feria: Feria, id_: UUID, **codigo: str) -> str:
    with transaccion() as sesion:
        hecha = publicar_convocatoria(
            sesion, feria.entidad.actor, id_, ahora() + timedelta(days=25), **codigo
        )
        assert hecha.cuce is not None
        return hecha.cuce


def anula(feria: Feria, id_: UUID, cierre: Cierre = Cierre.ANULA) -> None:
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, id_, MOTIVO, cierre)


def decide(feria: Feria, reloj: Any, id_: UUID, oferta_id: UUID | None, desiertos: set[int]) -> None:
    """Opened and decided once its deadline passed: these items (by number) deserted, the others awarded."""
    reloj.adelantar(timedelta(days=25, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    with transaccion() as sesion:
        decisiones = [
            DecisionEntrada(
                item_id=i.id, oferta_id=None if i.numero in desiertos else oferta_id, motivo=MOTIVO
            )
            for i in feria.items(id_)
        ]
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)


def desierta(feria: Feria, reloj: Any, **campos: Any) -> UUID:
    """Its second item deserted, the first one Ana's."""
    id_ = feria.publicada(dias=25, **campos).id
    oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.10"])
    decide(feria, reloj, id_, oferta, {2})
    return id_


def release(sesion: Session, id_: UUID) -> Any:
    sesion.rollback()
    return compilado(sesion, id_)


def test_lo_desierto_se_vuelve_a_convocar(feria: Feria, reloj: Any, sesion: Session) -> None:
    """Only what was deserted, by the next call of its serial; the two processes name each other."""
    vieja = desierta(feria, reloj)
    nueva = otra_vez(feria, vieja)
    (pedido,) = feria.items(nueva)
    assert (pedido.numero, pedido.descripcion, pedido.cantidad) == (1, "Pizarra acrílica de 2,40 x 1,20 m", 6)
    antes = release(sesion, vieja)
    assert "relatedProcesses" not in antes
    cuce = publica(feria, nueva)
    de_antes = sesion.get_one(Convocatoria, vieja).cuce
    assert de_antes is not None
    assert cuce == de_antes[:-3] + "2-1"
    dicho = release(sesion, nueva)
    assert dicho["ocid"] == f"ocds-qhatu0-{cuce}"
    (previo,) = dicho["relatedProcesses"]
    assert previo["relationship"] == ["unsuccessfulProcess"]
    assert (previo["id"], previo["identifier"]) == (de_antes, antes["ocid"])
    assert previo["uri"].endswith(f"/ocds/records/{antes['ocid']}")
    assert releases(sesion, vieja)[-1].etiquetas == ["tenderUpdate"]
    (sigue,) = release(sesion, vieja)["relatedProcesses"]
    assert (sigue["relationship"], sigue["identifier"]) == (["replacementProcess"], dicho["ocid"])
    assert verificar_sucesion(sesion) == []


def test_cada_item_una_vez(feria: Feria, reloj: Any, sesion: Session) -> None:
    """The same press is the same draft; another one has nothing left, until the draft is thrown away."""
    vieja, id_ = desierta(feria, reloj), nuevo_id()
    assert otra_vez(feria, vieja, id_) == otra_vez(feria, vieja, id_) == id_
    with pytest.raises(EstadoNoPermite, match="No hay nada que volver a convocar"):
        otra_vez(feria, vieja)
    with transaccion() as otra:
        eliminar_borrador(otra, feria.entidad.actor, id_)
    nueva = otra_vez(feria, vieja)
    publica(feria, nueva)
    with pytest.raises(EstadoNoPermite):
        otra_vez(feria, vieja)
    assert feria.items(vieja)[1].estado == "desierto"


def test_dos_a_la_vez_no_lo_convocan_dos_veces(feria: Feria, reloj: Any) -> None:
    vieja, actor = desierta(feria, reloj), feria.entidad.actor
    falla = cruzar(lambda s: llamar_otra_vez(s, actor, vieja), lambda s: llamar_otra_vez(s, actor, vieja))
    assert isinstance(falla, EstadoNoPermite)


def test_desierta_otra_vez_sigue_la_serie(feria: Feria, reloj: Any, sesion: Session) -> None:
    """1-1, 2-1, 3-1; and what is annulled of it, 3-2."""
    id_, codigos = desierta(feria, reloj), []
    for _vez in range(2):
        id_ = otra_vez(feria, id_)
        codigos.append(publica(feria, id_)[-3:])
        decide(feria, reloj, id_, None, {1})
    id_ = otra_vez(feria, id_)
    codigos.append(publica(feria, id_)[-3:])
    anula(feria, id_)
    codigos.append(publica(feria, otra_vez(feria, id_))[-3:])
    assert codigos == ["2-1", "3-1", "4-1", "4-2"]
    assert verificar_sucesion(sesion) == []


def test_lo_desierto_no_se_cancela(feria: Feria, reloj: Any, duenio: Engine, sesion_web: Any) -> None:
    """It ended: no page offers it, nor does the database let it; what was awarded of another may end so."""
    vieja, con_ganador = feria.publicada(dias=25).id, desierta(feria, reloj)
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, vieja)
    decide_nada = [DecisionEntrada(item_id=i.id, oferta_id=None, motivo=MOTIVO) for i in feria.items(vieja)]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, vieja, decide_nada)
    otra_vez(feria, vieja)
    with pytest.raises(EstadoNoPermite, match="ya terminó"):
        anula(feria, vieja)
    poner = text(
        "UPDATE feria_convocatoria SET estado = 'cancelado', cancelado_en = now(), sigue_en = NULL,"
        " motivo_cierre = 'porque sí, sí' WHERE id = :id"
    )
    with pytest.raises(DBAPIError, match="no pasa de resuelto a cancelado"), duenio.begin() as conexion:
        conexion.execute(poner, {"id": vieja})
    entidad = sesion_web(feria.entidad.persona)
    assert "Cancelar la convocatoria" not in entidad.get(f"/compras/{vieja}").text
    assert "Cancelar la convocatoria" in entidad.get(f"/compras/{con_ganador}").text
    anula(feria, con_ganador)


def test_lo_anulado_se_publica_de_nuevo(feria: Feria, sesion: Session) -> None:
    """All of it, with its lots and method, by the next publication of the same call."""
    pedido = [item("Pupitre", "40", "450.00", lote=1), item("Pizarra", "6", "780.50", lote=2)]
    metodo = {"metodo": "calidad_y_costo", "puntos_tecnica": 40, "minimo_tecnica": 20}
    vieja = feria.publicada(items=pedido, adjudica_por="lote", lotes=["Muebles", "Pizarras"], **metodo)
    anula(feria, vieja.id)
    nueva = otra_vez(feria, vieja.id)
    assert [(i.descripcion, i.lote) for i in feria.items(nueva)] == [("Pupitre", 1), ("Pizarra", 2)]
    cuce = publica(feria, nueva)
    assert vieja.cuce is not None
    assert cuce == vieja.cuce[:-3] + "1-2"
    dicho = sesion.get_one(Convocatoria, nueva)
    assert (dicho.metodo, dicho.puntos_tecnica, dicho.minimo_tecnica) == ("calidad_y_costo", 40, 20)
    (previo,) = release(sesion, nueva)["relatedProcesses"]
    assert (previo["relationship"], previo["identifier"]) == (["prior"], f"ocds-qhatu0-{vieja.cuce}")


def test_lo_cancelado_no_se_publica_de_nuevo(
    feria: Feria, reloj: Any, sesion: Session, sesion_web: Any, cliente: Any, duenio: Engine
) -> None:
    """Nor what was being called again of one cancelled then. Annulled is another thing, in its own words."""
    con_borrador = desierta(feria, reloj)
    borrador = otra_vez(feria, con_borrador)
    cancelada, anulada = feria.publicada(dias=25).id, feria.publicada(dias=25).id
    for id_ in (cancelada, anulada):
        feria.ofertar(feria.ana, id_, ["400.00", None])
    entidad = sesion_web(feria.entidad.persona)
    dichos = [
        (cancelada, "cancela", "Canceló la convocatoria."),
        (anulada, "anula", "Anuló la convocatoria."),
    ]
    sin_decir = entidad.post(f"/compras/{cancelada}/cancelacion", data={"motivo": MOTIVO})
    assert (sin_decir.status_code, "Diga si se cancela o se anula." in sin_decir.text) == (422, True)
    for id_, cierre, dicho in dichos:
        ruta = f"/compras/{id_}/cancelacion"
        hecho = entidad.post(ruta, data={"motivo": MOTIVO, "cierre": cierre}, follow_redirects=True)
        assert dicho in hecho.text
    anula(feria, con_borrador, Cierre.CANCELA)

    for id_ in (cancelada, con_borrador):
        with pytest.raises(EstadoNoPermite, match="No hay nada que volver a convocar"):
            otra_vez(feria, id_)
    with pytest.raises(EstadoNoPermite, match="se canceló y no se vuelve a convocar: elimine este borrador"):
        publica(feria, borrador)
    otro = text(
        "INSERT INTO feria_vuelto_a_llamar (item_id, convocatoria_id, siguiente_id)"
        " SELECT id, convocatoria_id, :siguiente FROM feria_item WHERE convocatoria_id = :id AND numero = 1"
    )
    with pytest.raises(IntegrityError, match="deserted or annulled"), duenio.begin() as bd:
        bd.execute(otro, {"id": con_borrador, "siguiente": borrador})
    for cierre in ("cancela", "antes", None):
        cambiar = text("UPDATE feria_convocatoria SET cierre = :cierre WHERE id = :id")
        with pytest.raises(IntegrityError, match="annulled or cancelled, once"), duenio.begin() as bd:
            bd.execute(cambiar, {"id": anulada, "cierre": cierre})

    estados = [cliente.get(f"/api/v1/convocatorias/{id_}").json() for id_ in (cancelada, anulada)]
    assert [(e["estado"], e["cierre"]) for e in estados] == [("cancelado", "cancela"), ("anulado", "anula")]
    paginas = [cliente.get(f"/feria/{id_}").text for id_ in (cancelada, anulada)]
    assert ["Esta convocatoria se anuló." in pagina for pagina in paginas] == [False, True]
    assert ["Esta convocatoria se canceló." in pagina for pagina in paginas] == [True, False]
    entregar_pendientes()
    asuntos = select(Notificacion.asunto).where(
        Notificacion.unidad_id == feria.ana.id, Notificacion.enlace == f"/feria/{anulada}"
    )
    assert "Se anuló una convocatoria: Mobiliario escolar" in list(sesion.exec(asuntos))
    for id_, titulo in ((cancelada, "Cancelación"), (anulada, "Anulación")):
        licitacion = release(sesion, id_)["tender"]
        (fin,) = [d for d in licitacion["documents"] if d.get("documentType") == "cancellationDetails"]
        assert (licitacion["status"], fin["title"], fin["description"]) == ("cancelled", titulo, MOTIVO)
    nueva = otra_vez(feria, anulada)
    assert publica(feria, nueva)[-3:] == "1-2"


def test_va_con_sus_documentos_y_lo_que_se_presenta(feria: Feria, sesion: Session) -> None:
    """As they held: the DBC is another process's own."""
    vieja = feria.borrador().id
    with transaccion() as otra:
        pedidos = [PedidoEntrada(nombre="Análisis de precios unitarios", subsanable=False)]
        pedir_documentos(otra, feria.entidad.actor, vieja, pedidos)
    for titulo in ("Planos", "Planos corregidos"):
        with transaccion() as otra:
            recibido = Recibido.de_bytes(un_pdf(titulo))
            numero = 1 if titulo != "Planos" else None
            subir_documento(otra, feria.entidad.actor, vieja, Clase.PLANOS, titulo, recibido, numero=numero)
    publica(feria, vieja)
    anula(feria, vieja)
    nueva = otra_vez(feria, vieja)
    (antes,) = [d.vigente for d in documentos_de(sesion, vieja) if d.vigente.numero]
    (copia,) = [d.vigente for d in documentos_de(sesion, nueva)]
    assert (copia.numero, copia.version, copia.titulo) == (1, 1, "Planos corregidos")
    assert (copia.sha256, copia.recibido) == (antes.sha256, antes.recibido)
    assert copia.archivo_id != antes.archivo_id
    assert pedidos_de(sesion, nueva) == pedidos_de(sesion, vieja) != []
    publica(feria, nueva)
    sesion.rollback()
    assert [d.vigente.clase for d in documentos_de(sesion, nueva)] == [Clase.DBC, Clase.PLANOS]
    assert (verificar_documentos(sesion), verificar_sucesion(sesion)) == ([], [])


def test_del_lote_desierto_solo_ese_lote(feria: Feria, reloj: Any) -> None:
    pedido = [item("Pupitre", "40", "450.00", lote=1), item("Pizarra", "6", "780.50", lote=2)]
    id_ = feria.publicada(dias=25, items=pedido, adjudica_por="lote", lotes=["Muebles", "Pizarras"]).id
    oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.10"])
    decide(feria, reloj, id_, oferta, {2})
    nueva = otra_vez(feria, id_)
    assert [(i.descripcion, i.lote) for i in feria.items(nueva)] == [("Pizarra", 1)]
    assert publica(feria, nueva)[-3:] == "2-1"


def test_lo_que_sigue_se_cuenta_a_quien_oferto(
    feria: Feria, reloj: Any, sesion: Session, aplicacion: Any
) -> None:
    nueva = otra_vez(feria, desierta(feria, reloj))
    publica(feria, nueva)
    entregar_pendientes()
    suyos = select(Notificacion.enlace).where(
        Notificacion.asunto == "Se vuelve a convocar: Mobiliario escolar"
    )
    assert list(sesion.exec(suyos.where(Notificacion.unidad_id == feria.ana.id))) == [f"/feria/{nueva}"]


def test_sigue_en_su_linea_del_plan_si_rige(feria: Feria, sesion: Session) -> None:
    plan = publicado(feria, fecha_bolivia(ahora()).year, [entrada(), OBRA])
    datos = {"titulo": "Mobiliario escolar", "municipio_ine": SUCRE, "plazo_entrega_dias": 30}
    with transaccion() as otra:
        linea_id = linea_de(otra, plan, 1).id
        id_ = crear_borrador(
            otra,
            feria.entidad.actor,
            feria.entidad.id,
            ConvocatoriaEntrada.model_validate(datos),
            [item("Pupitre", "4", "450.00")],
            linea_de_plan=linea_id,
        ).id
    publica(feria, id_)
    anula(feria, id_)
    enlace = enlace_de(sesion, otra_vez(feria, id_))
    assert enlace is not None
    assert enlace.linea_id == linea_id


@pytest.mark.parametrize("estado", ["borrador", "publicado", "adjudicado"])
def test_lo_que_no_termino_sin_contrato_no_se_convoca_otra_vez(feria: Feria, reloj: Any, estado: str) -> None:
    id_ = (feria.borrador() if estado == "borrador" else feria.publicada(dias=25)).id
    if estado == "adjudicado":
        decide(feria, reloj, id_, feria.ofertar(feria.ana, id_, ["400.00", "700.10"]), set())
    with pytest.raises((EstadoNoPermite, Exception)) as negada:
        otra_vez(feria, id_)
    esperado = "convocatoria_no_encontrada" if estado == "borrador" else "estado_no_permite"
    assert getattr(negada.value, "codigo", None) == esperado


def test_el_codigo_es_de_su_serie_y_su_ejecutora(feria: Feria, reloj: Any, sesion: Session) -> None:
    """One given from SICOES is a later call of the same serial; another executing unit is another process."""
    vieja = desierta(feria, reloj)
    nueva = otra_vez(feria, vieja)
    cuce = sesion.get_one(Convocatoria, vieja).cuce
    assert cuce is not None
    for malo in (cuce, cuce[:-3] + "0-E", cuce.replace(cuce.split("-")[3], "999998")):
        with pytest.raises(CuceNoCorresponde):
            publica(feria, nueva, cuce=malo)
    with pytest.raises(CuceNoCorresponde, match="misma unidad ejecutora"):
        publica(feria, nueva, ejecutora="07")
    assert publica(feria, nueva, cuce=cuce[:-3] + "3-2") == cuce[:-3] + "3-2"


CARO = [item("Generador de energía", "1", "300000.00"), item("Bomba de agua", "1", "100000.00")]


def test_mientras_se_puede_impugnar_no_se_publica(feria: Feria, reloj: Any, sesion_web: Any) -> None:
    """The term to contest (confirmed) runs: nothing is called again, and the desk says from when; afterwards
    it is contested no more.
    """
    id_ = feria.publicada(dias=25, items=CARO).id
    feria.ofertar(feria.ana, id_, ["290000.00", None])
    decide(feria, reloj, id_, None, {1, 2})
    with transaccion() as sesion:
        computo = cuenta_para_impugnar(sesion, sesion.get_one(Convocatoria, id_))
    assert computo is not None
    assert computo.vence_en is not None
    mesa = sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    assert f"Se puede desde el {filtro_fecha_hora(computo.vence_en)}" in mesa
    assert "Empezar el borrador" not in mesa
    nueva = otra_vez(feria, id_)
    with pytest.raises(PlazoDeImpugnacion):
        publica(feria, nueva)
    uno = feria.items(id_)[0].id
    with transaccion() as sesion:
        impugnar(sesion, feria.ana.actor, id_, uno, feria.ana.id, "Mi oferta cumplía todo lo pedido.")
    with pytest.raises(EstadoNoPermite, match=r"Espere: en el proceso .* se está decidiendo otra vez"):
        publica(feria, nueva)


def test_lo_que_se_decidio_pide_otro_borrador(feria: Feria, reloj: Any, mae: Actor) -> None:
    """What was decided otherwise of one of its items never comes back to it."""
    id_ = feria.publicada(dias=25, items=CARO).id
    oferta = feria.ofertar(feria.ana, id_, ["290000.00", None])
    decide(feria, reloj, id_, None, {1, 2})
    nueva = otra_vez(feria, id_)
    uno = feria.items(id_)[0].id
    with transaccion() as otra:
        impugnacion = impugnar(otra, feria.ana.actor, id_, uno, feria.ana.id, "Mi oferta cumplía lo pedido.")
    resuelve(mae, impugnacion.id, "revocada")
    for decidido in (False, True):
        if decidido:
            with transaccion() as otra:
                dicho = DecisionEntrada(item_id=uno, oferta_id=oferta, motivo="Cumplía lo que se pidió.")
                adjudicar(otra, feria.entidad.actor, id_, [dicho])
        with pytest.raises(EstadoNoPermite, match=r"El ítem 1 ya no está desierto .*: elimine este borrador"):
            publica(feria, nueva)


def test_como_termino_no_lo_dice_el_codigo(feria: Feria, reloj: Any, sesion: Session) -> None:
    """A code of SICOES of the same call after a deserted process, annulled once that was called again."""
    vieja = desierta(feria, reloj)
    cuce = sesion.get_one(Convocatoria, vieja).cuce
    assert cuce is not None
    nueva = otra_vez(feria, vieja)
    publica(feria, nueva, cuce=cuce[:-3] + "1-2")
    for _vez in range(2):
        assert release(sesion, nueva)["relatedProcesses"][0]["relationship"] == ["unsuccessfulProcess"]
        assert vinculos_de(sesion, sesion.get_one(Convocatoria, vieja))[1][0].relacion == "convocatoria"
        if not _vez:
            anula(feria, vieja)
            resto = otra_vez(feria, vieja)
            publica(feria, resto)
    assert release(sesion, resto)["relatedProcesses"][0]["relationship"] == ["prior"]


def test_lo_que_se_volvio_a_convocar_no_se_impugna(feria: Feria, reloj: Any, duenio: Engine) -> None:
    """Where the term is not confirmed it keeps nothing waiting: who goes first."""
    id_ = feria.publicada(dias=25, items=CARO).id
    feria.ofertar(feria.ana, id_, ["290000.00", None])
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_convocatoria DISABLE TRIGGER USER"))
        conexion.execute(
            text(
                "UPDATE feria_convocatoria SET reglas = jsonb_set(reglas,"
                " '{valores,dias_impugnacion,confirmado}', 'false') WHERE id = :id"
            ),
            {"id": id_},
        )
        conexion.execute(text("ALTER TABLE feria_convocatoria ENABLE TRIGGER USER"))
    decide(feria, reloj, id_, None, {1, 2})
    publica(feria, otra_vez(feria, id_))
    uno = feria.items(id_)[0].id
    with transaccion() as sesion, pytest.raises(NoSeImpugna, match="ya se volvió a convocar"):
        impugnar(sesion, feria.ana.actor, id_, uno, feria.ana.id, "Mi oferta cumplía todo lo pedido.")
    with pytest.raises(DBAPIError, match="stays as it was"), duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_item SET estado = 'revocado' WHERE id = :id"), {"id": uno})


def test_lo_adjudicado_se_ordena_aunque_lo_desierto_se_convoque(feria: Feria, reloj: Any) -> None:
    vieja = desierta(feria, reloj)
    publica(feria, otra_vez(feria, vieja))
    with transaccion() as sesion:
        assert len(emitir_ordenes(sesion, feria.entidad.actor, vieja)) == 1


@pytest.mark.parametrize(
    ("sentencia", "dice"),
    [
        ("UPDATE feria_convocatoria SET convocatoria_anterior_id = NULL WHERE id = :nueva", "the one that"),
        ("INSERT INTO feria_vuelto_a_llamar SELECT id, convocatoria_id, :nueva FROM feria_item"
         " WHERE convocatoria_id = :vieja AND estado <> 'desierto'", "deserted or annulled"),
        ("INSERT INTO feria_vuelto_a_llamar SELECT item_id, convocatoria_id, siguiente_id"
         " FROM feria_vuelto_a_llamar WHERE siguiente_id = :nueva", "pk_feria_vuelto_a_llamar"),
        ("UPDATE feria_vuelto_a_llamar SET siguiente_id = :vieja", "permission denied"),
    ],
)  # fmt: skip
def test_la_base_no_lo_deja(feria: Feria, reloj: Any, bd: Engine, sentencia: str, dice: str) -> None:
    vieja = desierta(feria, reloj)
    nueva = otra_vez(feria, vieja)
    with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
        conexion.execute(text(sentencia), {"vieja": vieja, "nueva": nueva})


def test_la_base_no_deja_otro_codigo(feria: Feria, reloj: Any, duenio: Engine) -> None:
    """A draft that follows becomes public by a later code of the same serial, and by no other."""
    vieja = desierta(feria, reloj)
    nueva = otra_vez(feria, vieja)
    otra = feria.publicada(dias=25)
    poner = text(
        "UPDATE feria_convocatoria n SET estado = 'publicado', cuce = :cuce, ocid = :cuce,"
        " modalidad_id = o.modalidad_id, reglas = o.reglas, publicado_en = o.publicado_en,"
        " vence_en = o.vence_en FROM feria_convocatoria o WHERE n.id = :nueva AND o.id = :otra"
    )
    with pytest.raises(IntegrityError, match="follows in its serial"), duenio.begin() as conexion:
        conexion.execute(poner, {"cuce": "26-1101-00-4000001-2-1", "nueva": nueva, "otra": otra.id})


def test_por_las_paginas(feria: Feria, reloj: Any, sesion_web: Any, cliente: Any) -> None:
    """From the process that ended to the draft in one press; then each page leads to the other."""
    vieja = desierta(feria, reloj)
    entidad = sesion_web(feria.entidad.persona)
    assert "Volver a convocar lo desierto" in entidad.get(f"/compras/{vieja}").text
    id_ = nuevo_id()
    for _vez in range(2):
        hecha = entidad.post(f"/compras/{vieja}/siguientes", data={"_id": str(id_)})
        assert (hecha.status_code, hecha.headers["location"]) == (303, f"/compras/{id_}/items")
    gestion = entidad.get(f"/compras/{vieja}").text
    assert "Lo vuelve a convocar un borrador" in gestion
    assert "Empezar el borrador" not in gestion
    assert f"/feria/{id_}" not in cliente.get(f"/feria/{vieja}").text
    assert "Vuelve a convocar lo que quedó desierto" in entidad.get(f"/compras/{id_}/publicar").text
    publica(feria, id_)
    assert f'<a href="/feria/{id_}">' in cliente.get(f"/feria/{vieja}").text
    assert f'<a href="/feria/{vieja}">' in cliente.get(f"/feria/{id_}").text
    assert "Lo desierto se volvió a convocar" in entidad.get(f"/compras/{vieja}").text


def test_por_la_api(feria: Feria, reloj: Any, sesion_web: Any) -> None:
    vieja = desierta(feria, reloj)
    entidad = sesion_web(feria.entidad.persona)
    hecha = entidad.post(f"/api/v1/convocatorias/{vieja}/siguientes")
    assert (hecha.status_code, hecha.json()["anterior"]["id"]) == (201, str(vieja))
    assert hecha.json()["anterior"]["relacion"] == "convocatoria"
    assert entidad.get(f"/api/v1/convocatorias/{vieja}").json()["siguientes"] == []
    cuce = publica(feria, UUID(hecha.json()["id"]))
    (sigue,) = entidad.get(f"/api/v1/convocatorias/{vieja}").json()["siguientes"]
    assert (sigue["cuce"], sigue["relacion"]) == (cuce, "convocatoria")
