"""Those who evaluate sign one text; nobody decides before, and what departs from it has its reason."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, NuevoMandato
from empresa_digital.registro.actos import consultas, firmas
from empresa_digital.registro.actos.errores import ActoInexistente
from empresa_digital.registro.actos.modelos import ActoPendiente
from empresa_digital.registro.actos.tareas import vencer_actos
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.designaciones.designar import Nombramiento, cesar, designar_en_proceso
from feria_inversa.entidades.errores import ConflictoDeInteres
from feria_inversa.evaluacion.acto import adjudicar_o_proponer
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.errores import FaltaInforme, NoSeInforma, SobreLaReferencia
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada
from feria_inversa.evaluacion.informar import Recomendacion, como_se_lee, informar
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.papeles.errores import PapelIncompatible, SinPapel
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.errores import EstadoNoPermite, FaltaMotivo
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_instante
from tests.feria_inversa.conftest import Feria, item

MOTIVO = "La madera es mejor y dura más."


class Evaluacion:
    """An opened process with two bids: Ana's costs less than Beto's."""

    def __init__(self, feria: Feria, gente: Callable[..., tuple[UUID, Actor]], reloj: Any) -> None:
        self.feria, self.gente = feria, gente
        self.actor_de: Callable[[Any], Actor]
        self.personas: dict[str, Any]
        self.id = feria.publicada(dias=10, items=[item("Silla", "2", "100.00")]).id
        self.ana = feria.ofertar(feria.ana, self.id, ["90.00"])
        self.beto = feria.ofertar(feria.beto, self.id, ["95.00"])
        reloj.adelantar(timedelta(days=10, seconds=1))
        with transaccion() as sesion:
            abrir_convocatoria(sesion, feria.entidad.actor, self.id)
        self.item = feria.items(self.id)[0].id
        self.rosa_id, self.rosa = gente("Rosa")
        self.pedro_id, self.pedro = gente("Pedro")

    def nombrar(self, *personas: UUID, papel: Papel = Papel.CALIFICACION) -> list[UUID]:
        hechas = []
        for persona in personas:
            with transaccion() as sesion:
                nuevo = Nombramiento(papel, persona)
                hechas.append(designar_en_proceso(sesion, self.feria.entidad.actor, self.id, nuevo).id)
        return hechas

    def informar(self, quien: Actor, oferta: UUID | None, motivo: str = "") -> Acta | Propuesto:
        decision = DecisionEntrada(item_id=self.item, oferta_id=oferta, motivo=motivo)
        with transaccion() as sesion:
            return informar(sesion, quien, self.id, [decision])

    def decidir(self, oferta: UUID | None, motivo: str = "") -> None:
        decision = DecisionEntrada(item_id=self.item, oferta_id=oferta, motivo=motivo)
        with transaccion() as sesion:
            adjudicar(sesion, self.feria.entidad.actor, self.id, [decision])

    def informes(self) -> list[dict[str, Any]]:
        with transaccion() as sesion:
            assert verificar_decisiones(sesion) == []
            consulta = select(Acta).where(Acta.convocatoria_id == self.id, Acta.clase == "informe")
            actas = sesion.exec(consulta.order_by(col(Acta.numero))).all()
            for acta in actas:
                assert acta.huella == hashlib.sha256(acta.contenido.encode()).hexdigest()
            return [json.loads(acta.contenido) for acta in actas]


@pytest.fixture
def abierta(feria: Feria, crear_persona: Any, actor_de: Any, reloj: Any) -> Evaluacion:
    personas = {}

    def gente(nombre: str) -> tuple[UUID, Actor]:
        persona = personas[nombre] = crear_persona(nombre)
        feria.mandato(feria.entidad.id, persona, Facultad.EVALUAR)
        return persona.id, actor_de(persona)

    hecha = Evaluacion(feria, gente, reloj)
    hecha.actor_de, hecha.personas = actor_de, personas
    return hecha


def firmar(quien: Actor, acto: Propuesto) -> None:
    with transaccion() as sesion:
        firmas.firmar(sesion, quien, acto.id, acto.huella)


def test_firman_todas_y_la_ultima_firma_lo_escribe(abierta: Evaluacion, cliente: Any) -> None:
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    with pytest.raises(FaltaInforme):
        abierta.decidir(abierta.ana)
    with pytest.raises(SinPapel, match="nombrados para evaluar"):
        abierta.informar(abierta.feria.entidad.actor, abierta.ana)
    acto = abierta.informar(abierta.rosa, abierta.beto, MOTIVO)
    assert isinstance(acto, Propuesto)
    assert (acto.firmas, acto.faltan) == (2, 1)
    with transaccion() as sesion:
        assert [a.id for a in consultas.por_firmar(sesion, abierta.pedro)] == [acto.id]
        assert consultas.por_firmar(sesion, abierta.feria.entidad.actor) == []
    # For whoever evaluates other processes of the entity it does not exist: neither to sign nor to refuse.
    with pytest.raises(ActoInexistente):
        firmar(abierta.feria.entidad.actor, acto)
    with pytest.raises(ActoInexistente), transaccion() as sesion:
        firmas.rechazar(sesion, abierta.feria.entidad.actor, acto.id, "No me parece bien.")
    with pytest.raises(FaltaInforme):
        abierta.decidir(abierta.beto, MOTIVO)
    firmar(abierta.pedro, acto)
    (informe,) = abierta.informes()
    assert [f["quien"] for f in informe["firmas"]] == [abierta.rosa.nombre, abierta.pedro.nombre]
    assert {f["huella"] for f in informe["firmas"]} == {acto.huella}
    (dicho,) = informe["recomendaciones"]
    assert (dicho["proveedor"], dicho["motivo"], informe["vez"]) == ("Carpintería Beto", MOTIVO, 1)
    bytes_ = cliente.get(f"/api/v1/convocatorias/{abierta.id}/actas/{informe['numero']}")
    assert bytes_.json() == informe
    # Whoever decides may depart from it, with a reason.
    with pytest.raises(FaltaMotivo, match="Se aparta del informe"):
        abierta.decidir(abierta.ana)
    abierta.decidir(abierta.ana, "Cuesta menos y cumple lo pedido.")


def califica(abierta: Evaluacion, quien: Actor, fuera: UUID | None = None) -> str:
    """The digest of the act of a qualification that leaves one of the bids out, or none."""
    dichas: list[dict[str, Any]] = [{"oferta_id": o} for o in (abierta.ana, abierta.beto)]
    for dicha in dichas:
        if dicha["oferta_id"] == fuera:
            dicha |= {"causa": "no_cumple", "explicacion": "La madera no es la que se pide."}
    entrada = CalificacionEntrada.model_validate({"revisadas": dichas})
    with transaccion() as sesion:
        return calificar(sesion, quien, abierta.id, entrada).huella


def test_firmado_el_informe_la_calificacion_no_cambia(abierta: Evaluacion, sesion: Session) -> None:
    """Nobody alone leaves out what all recommended; decided again, it is qualified again."""
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    primera = califica(abierta, abierta.rosa)
    acto = abierta.informar(abierta.rosa, abierta.ana)
    assert isinstance(acto, Propuesto)
    firmar(abierta.pedro, acto)
    (informe,) = abierta.informes()
    assert informe["calificacion"] == primera
    with pytest.raises(EstadoNoPermite, match="ya está firmado"):
        califica(abierta, abierta.rosa, fuera=abierta.ana)
    otra = (
        "INSERT INTO feria_acta (id, convocatoria_id, numero, clase, contenido, huella, hecha_en, hecha_por)"
    )
    copia = (
        f"{otra} SELECT gen_random_uuid(), convocatoria_id, 99, clase, contenido, huella, nucleo_ahora(), 'x'"
        " FROM feria_acta WHERE clase = 'evaluacion'"
    )
    with pytest.raises(DBAPIError, match="an act is written when it is done"):
        sesion.connection().execute(text(copia))
    sesion.rollback()
    abierta.decidir(abierta.ana)
    with transaccion() as s:
        motivo = "Quien ganó no vino a firmar."
        dejar_sin_efecto(
            s, abierta.feria.entidad.actor, abierta.id, abierta.item, EstadoItem.DESISTIDO, motivo
        )
    assert califica(abierta, abierta.rosa) != ""


def test_lo_que_se_firma_es_sobre_una_calificacion(abierta: Evaluacion) -> None:
    """Qualified again while the report waits: who signs last would sign upon another one."""
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    primera = califica(abierta, abierta.rosa)
    acto = abierta.informar(abierta.rosa, abierta.ana)
    assert isinstance(acto, Propuesto)
    with transaccion() as sesion:
        (leida,) = consultas.por_firmar(sesion, abierta.pedro)
        assert primera in json.loads(leida.documento)["cuerpo"]["calificacion"]
    segunda = califica(abierta, abierta.rosa, fuera=abierta.beto)
    assert segunda != primera
    with pytest.raises(NoSeInforma, match="se calificaron de nuevo"):
        firmar(abierta.pedro, acto)
    assert abierta.informes() == []
    otro = abierta.informar(abierta.rosa, abierta.ana)
    assert isinstance(otro, Propuesto)
    firmar(abierta.pedro, otro)
    assert [i["calificacion"] for i in abierta.informes()] == [segunda]


def test_una_persona_sola_lo_escribe_de_una_vez(abierta: Evaluacion) -> None:
    abierta.nombrar(abierta.rosa_id)
    acta = abierta.informar(abierta.rosa, abierta.ana)
    assert isinstance(acta, Acta)
    with pytest.raises(NoSeInforma, match="ya está firmado"):
        abierta.informar(abierta.rosa, abierta.ana)
    (informe,) = abierta.informes()
    assert [(f["quien"], f["papel"]) for f in informe["firmas"]] == [(abierta.rosa.nombre, "calificacion")]
    abierta.decidir(abierta.ana)


def test_lo_que_no_se_adjudica_no_se_recomienda(abierta: Evaluacion) -> None:
    abierta.nombrar(abierta.rosa_id)
    with pytest.raises(FaltaMotivo):
        abierta.informar(abierta.rosa, None)
    with pytest.raises(FaltaMotivo):
        abierta.informar(abierta.rosa, abierta.beto)
    assert abierta.informes() == []
    assert SobreLaReferencia.codigo == "sobre_la_referencia"


def test_quien_pide_no_evalua_solo(abierta: Evaluacion) -> None:
    abierta.nombrar(abierta.rosa_id)
    abierta.nombrar(abierta.rosa_id, papel=Papel.SOLICITANTE)
    with pytest.raises(PapelIncompatible, match="no evalúa solo"):
        abierta.informar(abierta.rosa, abierta.ana)
    abierta.nombrar(abierta.pedro_id)
    assert isinstance(abierta.informar(abierta.rosa, abierta.ana), Propuesto)


def test_rechazado_o_sin_firmas_termina_y_el_proceso_sigue(
    abierta: Evaluacion, reloj: Any, sesion: Session, aplicacion: Any
) -> None:
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    primero = abierta.informar(abierta.rosa, abierta.ana)
    assert isinstance(primero, Propuesto)
    with transaccion() as otra:
        firmas.rechazar(otra, abierta.pedro, primero.id, "Falta mirar las muestras.")
    entregar_pendientes()
    asunto = "asunto LIKE 'El informe de evaluación no se firmó%'"
    dice = text(f"SELECT count(*) FROM ciudadania_notificacion WHERE {asunto}")
    assert sesion.connection().execute(dice).scalar_one() >= 1
    segundo = abierta.informar(abierta.pedro, abierta.ana)
    assert isinstance(segundo, Propuesto)
    reloj.adelantar(timedelta(days=15, seconds=1))
    vencer_actos()
    sesion.rollback()
    estados = select(ActoPendiente.estado).order_by(col(ActoPendiente.creado_en))
    assert list(sesion.exec(estados)) == ["rechazado", "vencido"]
    assert sesion.get_one(Convocatoria, abierta.id).estado == "evaluacion"
    assert abierta.informes() == []


def test_de_una_propuesta_que_ya_no_importa_no_se_avisa(
    abierta: Evaluacion, reloj: Any, sesion: Session
) -> None:
    """Of two that wait one is signed; what becomes of the other is no news."""
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    una = abierta.informar(abierta.rosa, abierta.ana)
    otra = abierta.informar(abierta.pedro, abierta.beto, MOTIVO)
    assert isinstance(una, Propuesto)
    assert isinstance(otra, Propuesto)
    firmar(abierta.pedro, una)
    with transaccion() as otro:
        firmas.retirar(otro, abierta.pedro, otra.id)
    entregar_pendientes()
    asunto = "asunto LIKE 'El informe de evaluación no se firmó%'"
    dice = text(f"SELECT count(*) FROM ciudadania_notificacion WHERE {asunto}")
    assert sesion.connection().execute(dice).scalar_one() == 0


def test_si_cambia_quien_evalua_se_escribe_de_nuevo(abierta: Evaluacion) -> None:
    (_una, otra) = abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    acto = abierta.informar(abierta.rosa, abierta.ana)
    assert isinstance(acto, Propuesto)
    carla_id, carla = abierta.gente("Carla")
    abierta.nombrar(carla_id)
    with pytest.raises(NoSeInforma, match="ya no son los mismos"):
        firmar(abierta.pedro, acto)
    with transaccion() as sesion:
        cesar(sesion, abierta.feria.entidad.actor, otra, "Se fue a otra entidad.")
    nuevo = abierta.informar(carla, abierta.ana)
    assert isinstance(nuevo, Propuesto)
    firmar(abierta.rosa, nuevo)
    assert len(abierta.informes()) == 1


def test_sin_quien_evalue_tampoco_se_decide_sin_informe(abierta: Evaluacion) -> None:
    """Who decides may not send the committee away and award alone."""
    nombradas = abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    for nombrada in nombradas:
        with transaccion() as sesion:
            cesar(sesion, abierta.feria.entidad.actor, nombrada, "Ya no hacen falta aquí.")
    with pytest.raises(FaltaInforme, match="nombre a alguien"):
        abierta.decidir(abierta.beto, MOTIVO)
    abierta.nombrar(abierta.rosa_id)
    abierta.informar(abierta.rosa, abierta.ana)
    abierta.decidir(abierta.ana)


def test_la_base_no_deja_escribir_otro(abierta: Evaluacion, sesion: Session) -> None:
    abierta.nombrar(abierta.rosa_id)
    abierta.informar(abierta.rosa, abierta.ana)
    otro = text(
        "INSERT INTO feria_acta (id, convocatoria_id, numero, clase, contenido, huella, hecha_en, hecha_por)"
        " SELECT gen_random_uuid(), convocatoria_id, numero + 1, clase, contenido, huella, now(), 'x'"
        " FROM feria_acta WHERE clase = 'informe'"
    )
    with pytest.raises(Exception, match="when it is done"):
        sesion.connection().execute(otro)
    sesion.rollback()


def test_quien_solo_decide_con_otros_propone_la_decision(abierta: Evaluacion, crear_persona: Any) -> None:
    """What could not be awarded is said before anybody signs it."""
    uno, dos = conjuntos(abierta, crear_persona, 2)
    with pytest.raises(FaltaMotivo):
        proponer(abierta, uno, abierta.beto)
    acto = proponer(abierta, uno, abierta.ana)
    assert [i.estado for i in abierta.feria.items(abierta.id)] == ["pedido"]
    firmar(dos, acto)
    assert [i.estado for i in abierta.feria.items(abierta.id)] == ["adjudicado"]


def test_lo_que_se_propuso_es_de_esa_decision(abierta: Evaluacion, crear_persona: Any) -> None:
    """Decided alone meanwhile, and waiting again because the award fell: what was signed is not executed."""
    uno, dos = conjuntos(abierta, crear_persona, 2)
    acto = proponer(abierta, uno, abierta.ana)
    abierta.decidir(abierta.ana)
    with transaccion() as sesion:
        dejar_sin_efecto(
            sesion, abierta.feria.entidad.actor, abierta.id, abierta.item, EstadoItem.DESISTIDO, MOTIVO
        )
    with pytest.raises(EstadoNoPermite, match="ya se decidió"):
        firmar(dos, acto)
    assert [i.estado for i in abierta.feria.items(abierta.id)] == ["desistido"]
    nuevo = proponer(abierta, uno, abierta.beto, MOTIVO)
    firmar(dos, nuevo)
    assert [i.estado for i in abierta.feria.items(abierta.id)] == ["adjudicado"]


def test_de_tres_que_firman_cada_una_se_juzga(
    abierta: Evaluacion, crear_persona: Any, sesion: Session
) -> None:
    """Also the one in the middle, and who signed first once the last one signs."""
    uno, dos, tres = conjuntos(abierta, crear_persona, 3)
    acto = proponer(abierta, uno, abierta.ana)
    abierta.feria.mandato(abierta.feria.beto.id, abierta.personas["dos"], Facultad.VENDER)
    with pytest.raises(ConflictoDeInteres, match="dos"):
        firmar(dos, acto)
    sesion.rollback()
    sin_mandatos(abierta, abierta.feria.beto.id, dos)
    firmar(dos, acto)
    abierta.feria.mandato(abierta.feria.beto.id, abierta.personas["uno"], Facultad.VENDER)
    with pytest.raises(ConflictoDeInteres, match="uno"):
        firmar(tres, acto)
    sin_mandatos(abierta, abierta.feria.beto.id, uno)
    assert [i.estado for i in abierta.feria.items(abierta.id)] == ["pedido"]
    firmar(tres, acto)
    assert [i.estado for i in abierta.feria.items(abierta.id)] == ["adjudicado"]


def test_el_informe_no_vale_si_quien_firmo_primero_actua_por_una_oferta(abierta: Evaluacion) -> None:
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    acto = abierta.informar(abierta.rosa, abierta.ana)
    assert isinstance(acto, Propuesto)
    abierta.feria.mandato(abierta.feria.beto.id, abierta.personas["Rosa"], Facultad.VENDER)
    with pytest.raises(ConflictoDeInteres, match="Rosa"):
        firmar(abierta.pedro, acto)
    assert abierta.informes() == []


def conjuntos(abierta: Evaluacion, crear_persona: Any, cuantos: int) -> list[Actor]:
    """People of the entity who only decide together."""
    grupo, actores = nuevo_id(), []
    for nombre in ("uno", "dos", "tres")[:cuantos]:
        persona = abierta.personas[nombre] = crear_persona(nombre)
        nuevo = NuevoMandato((Facultad.EVALUAR,), persona_id=persona.id, firmas=cuantos, grupo=grupo)
        with transaccion() as sesion:
            autorizacion = Autorizacion.propia(Actor.sistema("prueba"))
            otorgar_con(sesion, bloquear_unidad(sesion, abierta.feria.entidad.id), autorizacion, nuevo)
        actores.append(abierta.actor_de(persona))
    return actores


def proponer(abierta: Evaluacion, quien: Actor, oferta: UUID, motivo: str = "") -> Propuesto:
    decision = DecisionEntrada(item_id=abierta.item, oferta_id=oferta, motivo=motivo)
    with transaccion() as sesion:
        acto = adjudicar_o_proponer(sesion, quien, abierta.id, [decision])
    assert isinstance(acto, Propuesto)
    return acto


def sin_mandatos(abierta: Evaluacion, unidad_id: UUID, quien: Actor) -> None:
    with abierta.feria.duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'Se fue'"
                " WHERE unidad_id = :u AND apoderado_persona_id = :p"
            ),
            {"u": unidad_id, "p": quien.persona_id},
        )


def test_por_las_paginas(abierta: Evaluacion, sesion_web: Any, cliente: Any) -> None:
    abierta.nombrar(abierta.rosa_id)
    rosa = sesion_web(abierta.personas["Rosa"])
    entidad = sesion_web(abierta.feria.entidad.persona)
    ruta = f"/compras/{abierta.id}"
    assert "Firmar el informe" in rosa.get(ruta).text
    assert "quienes evalúan firman su informe" in entidad.get(ruta).text
    datos = {"decisiones.1.oferta_id": str(abierta.beto), "decisiones.1.motivo": ""}
    assert rosa.post(f"{ruta}/informe", data=datos).status_code == 422
    assert entidad.post(f"{ruta}/informe", data=datos).status_code == 403
    assert rosa.post(f"{ruta}/informe", data=datos | {"decisiones.1.motivo": MOTIVO}).status_code == 303
    assert "Quienes evalúan firmaron su informe" in entidad.get(ruta).text
    assert MOTIVO in entidad.get(ruta).text
    assert "Informe de evaluación" in cliente.get(f"/feria/{abierta.id}").text


def test_dice_los_empates(abierta: Evaluacion, reloj: Any) -> None:
    """Who tied, in the order in which they go, and the rule, in the act and to who signs it."""
    feria = abierta.feria
    abierta.id = feria.publicada(dias=10, items=[item("Mesa", "2", "100.00")]).id
    ofertas = [feria.ofertar(parte, abierta.id, ["90.00"]) for parte in (feria.beto, feria.ana)]
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, abierta.id)
        presentadas = [sesion.get_one(Oferta, id_).presentada_en for id_ in ofertas]
    abierta.item = feria.items(abierta.id)[0].id
    abierta.nombrar(abierta.rosa_id, abierta.pedro_id)
    rosa, pedro = (abierta.actor_de(abierta.personas[quien]) for quien in ("Rosa", "Pedro"))
    acto = abierta.informar(rosa, ofertas[0])
    assert isinstance(acto, Propuesto)
    regla = (
        "Empatan 2 ofertas: va antes la de Carpintería Beto, que se presentó primero, el "
        f"{filtro_instante(presentadas[0])}; la que sigue, el {filtro_instante(presentadas[1])}."
    )
    with transaccion() as sesion:
        recomienda = [Recomendacion(item=abierta.item, oferta=ofertas[0], motivo="")]
        proceso = sesion.get_one(Convocatoria, abierta.id)
        _proceso, (_que, valor) = como_se_lee(sesion, proceso, "", recomienda)
        assert valor == f"Carpintería Beto. {regla}"
    firmar(pedro, acto)
    (informe,) = abierta.informes()
    (dicho,) = informe["recomendaciones"]
    assert dicho["empate"] == {
        "regla": regla,
        "empatan": [
            {"oferta_id": str(oferta), "proveedor": nombre, "en": en.isoformat()}
            for oferta, nombre, en in zip(
                ofertas, ("Carpintería Beto", "Cooperativa Ana"), presentadas, strict=True
            )
        ],
    }
