"""What somebody did in a role stays done, nobody judges in their own case, and who left stops nobody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.contratos.aceptacion import aceptar_orden
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.esquemas import EntregaEntrada, LineaDeEntrega, RecepcionEntrada
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.designaciones.designar import apartar_por_conflicto, cesar
from feria_inversa.designaciones.excusas import excusarse, recusar, resolver_excusa
from feria_inversa.designaciones.presentar import papeles_de
from feria_inversa.designaciones.tareas import cesar_papeles, resolver_excusas
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.informar import informar
from feria_inversa.papeles.consultas import designaciones_de, excusas_de
from feria_inversa.papeles.errores import (
    DesignacionTerminada,
    NoSeRecusa,
    PapelIncompatible,
    SinPapel,
)
from feria_inversa.papeles.estados import EstadoExcusa
from feria_inversa.papeles.exigir import CALIFICAR, CONDUCIR, DECIDIR, ORDENAR, RECIBIR, exigir_papel
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.bloqueos import bloquear
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.designaciones.ayudas import (
    MOTIVO,
    Gente,
    abrir,
    cerrada,
    en_entidad,
    en_proceso,
    gana,
    rigen,
)

BASTA = "Es verdad, y basta con eso."


def se_va(duenio: Engine, feria: Feria, persona_id: UUID | None) -> None:
    """Somebody's mandates of the entity end."""
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'Se fue'"
                " WHERE unidad_id = :u AND apoderado_persona_id = :p"
            ),
            {"u": feria.entidad.id, "p": persona_id},
        )


def recusa(feria: Feria, designacion_id: UUID) -> UUID:
    with transaccion() as sesion:
        return recusar(sesion, feria.ana.actor, designacion_id, feria.ana.id, MOTIVO).id


def entregada(feria: Feria, id_: UUID) -> UUID:
    """The order of what Ana won, with all of it delivered."""
    with transaccion() as sesion:
        orden = emitir_ordenes(sesion, feria.entidad.actor, id_)[0].id
    with transaccion() as sesion:
        aceptar_orden(sesion, feria.ana.actor, orden)
    with transaccion() as sesion:
        lineas = [LineaDeEntrega(numero=1, cantidad=2)]
        entregar(sesion, feria.ana.actor, orden, EntregaEntrada(lineas=lineas))
    return orden


def test_quien_evaluo_no_recibe_aunque_nadie_mas_fuera_nombrado(
    feria: Feria, gente: Gente, reloj: Any, duenio: Engine
) -> None:
    """Neither by the mandate, nor once they ceased; whoever ceased before the opening evaluated nothing."""
    rosa, evalua = gente("Rosa")
    pedro, _otro = gente("Pedro")
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    antes = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, pedro)
    with transaccion() as sesion:
        cesar(sesion, feria.entidad.actor, antes, "Lo nombraron por error.")
    abrir(evalua, id_)
    with transaccion() as sesion:
        informar(sesion, evalua, id_, [DecisionEntrada(item_id=feria.items(id_)[0].id, oferta_id=oferta)])
    gana(feria, feria.entidad.actor, id_, oferta)
    orden = entregada(feria, id_)
    with pytest.raises(SinPapel, match="quien evalúa no recibe"), transaccion() as sesion:
        recibir(sesion, evalua, orden, 1, RecepcionEntrada())
    with transaccion() as sesion:
        cesar(sesion, feria.entidad.actor, una, "Ya firmó su informe.")
    with pytest.raises(SinPapel, match="quien evalúa no recibe"), transaccion() as sesion:
        recibir(sesion, evalua, orden, 1, RecepcionEntrada())
    with pytest.raises(PapelIncompatible, match="quien evalúa no recibe"):
        en_proceso(feria.entidad.actor, id_, Papel.RECEPCION, rosa)
    with pytest.raises(Exception, match="does not hold both"), duenio.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO feria_designacion (id, unidad_id, convocatoria_id, papel, persona_id, documento,"
                " desde, autor)"
                " VALUES (gen_random_uuid(), :u, :c, 'recepcion', :p, '', nucleo_ahora(), 'nadie')"
            ),
            {"u": feria.entidad.id, "c": id_, "p": rosa},
        )
    en_proceso(feria.entidad.actor, id_, Papel.RECEPCION, pedro)
    assert rigen(feria, id_) == ["responsable", "recepcion"]


def test_de_la_mae_resuelve_otra_persona(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    assert mae.persona_id is not None
    _pedro, otro = gente("Pedro", Facultad.ADMINISTRAR)
    id_, oferta = cerrada(feria, reloj)
    en_entidad(feria, mae, Papel.MAE, mae.persona_id)
    una = en_proceso(mae, id_, Papel.RPA, mae.persona_id)
    abrir(mae, id_)
    recusacion = recusa(feria, una)
    with pytest.raises(NoSeRecusa, match="propio caso"), transaccion() as sesion:
        resolver_excusa(sesion, mae, recusacion, EstadoExcusa.RECHAZADA, BASTA)
    with transaccion() as sesion:
        resolver_excusa(sesion, otro, recusacion, EstadoExcusa.ACEPTADA, BASTA)
    with pytest.raises(SinPapel, match="quedó fuera"):
        gana(feria, mae, id_, oferta)
    # Of anybody else, the highest authority resolves, and only she.
    rosa, rpa = gente("Rosa")
    id_, _oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, rosa)
    abrir(rpa, id_)
    recusacion = recusa(feria, una)
    with pytest.raises(SinPapel, match="MAE"), transaccion() as sesion:
        resolver_excusa(sesion, otro, recusacion, EstadoExcusa.ACEPTADA, BASTA)
    with transaccion() as sesion:
        resolver_excusa(sesion, mae, recusacion, EstadoExcusa.RECHAZADA, BASTA)


def _del_proceso(feria: Feria, id_: UUID) -> list[Any]:
    with transaccion() as sesion:
        filas = designaciones_de(sesion, feria.entidad.id, id_)
        sesion.expunge_all()
        return filas


def test_en_su_propio_caso_el_silencio_deja_fuera(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, duenio: Engine
) -> None:
    """Where nobody else administers the entity; where somebody does, who was recused stays."""
    assert mae.persona_id is not None
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, mae.persona_id)
    abrir(mae, id_)
    recusacion = recusa(feria, una)
    reloj.adelantar(timedelta(days=8))
    assert (resolver_excusas(), resolver_excusas()) == (1, 0)
    with transaccion() as sesion:
        (dicha,) = excusas_de(sesion, [una])
        assert (dicha.id, dicha.estado, dicha.tacita) == (recusacion, "aceptada", True)
    with pytest.raises(SinPapel, match="quedó fuera"):
        gana(feria, mae, id_, oferta)
    assert rigen(feria, id_) == ["responsable"]
    gente("Pedro", Facultad.ADMINISTRAR)
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, mae.persona_id)
    abrir(mae, id_)
    recusa(feria, una)
    reloj.adelantar(timedelta(days=8))
    assert resolver_excusas() == 1
    with transaccion() as sesion:
        assert [e.estado for e in excusas_de(sesion, [una])] == ["rechazada"]
    gana(feria, mae, id_, oferta)


def test_el_propio_caso_se_juzga_al_presentarlo(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, sesion: Session
) -> None:
    """A cousin who administers since the second day may answer; by silence who was recused is out, from that
    instant on, before any sweep.
    """
    assert mae.persona_id is not None
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, mae.persona_id)
    abrir(mae, id_)
    recusa(feria, una)
    _primo, _otro = gente("Primo", Facultad.ADMINISTRAR)
    with transaccion() as otra:
        (dicha,) = excusas_de(otra, [una])
        assert dicha.su_propio_caso
        hasta = dicha.resolver_hasta
    negar = text("UPDATE feria_excusa SET su_propio_caso = false")
    with pytest.raises(DBAPIError, match="permission denied"):
        sesion.connection().execute(negar)
    sesion.rollback()
    reloj.situar(hasta + timedelta(seconds=1))
    with pytest.raises(SinPapel, match="quedó fuera"):
        gana(feria, mae, id_, oferta)
    assert resolver_excusas() == 1
    with transaccion() as otra:
        assert [(e.estado, e.tacita) for e in excusas_de(otra, [una])] == [("aceptada", True)]


def test_un_programa_no_decide_donde_hay_personas(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    """Nobody is named to receive, but somebody evaluates: a program might be theirs."""
    rosa, _evalua = gente("Rosa")
    programa = Actor(
        tipo="cliente", nombre="Programa", cliente_id=nuevo_id(), unidad_cliente_id=feria.entidad.id
    )
    id_, _oferta = cerrada(feria, reloj)
    with transaccion() as sesion:
        for acto in (DECIDIR, ORDENAR, RECIBIR, CALIFICAR):
            exigir_papel(sesion, programa, bloquear(sesion, id_), acto)
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    for cesada in (False, True):
        if cesada:
            with transaccion() as sesion:
                cesar(sesion, feria.entidad.actor, una, MOTIVO)
        for acto in (DECIDIR, ORDENAR, RECIBIR, CALIFICAR):
            with pytest.raises(SinPapel, match="no un programa"), transaccion() as sesion:
                exigir_papel(sesion, programa, bloquear(sesion, id_), acto)
        with transaccion() as sesion:
            exigir_papel(sesion, programa, bloquear(sesion, id_), CONDUCIR)


def test_a_quien_recusaron_no_se_apura(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    """Until it is answered somebody else decides, or nobody. One that was answered shortens no later one, and
    what nobody answered in its term is resolved by who acts, without waiting for the sweep.
    """
    rosa, rpa = gente("Rosa")
    id_ = feria.publicada(dias=10).id
    items = [i.id for i in feria.items(id_)]
    oferta = feria.ofertar(feria.ana, id_, ["90.00", "90.00"])
    feria.ofertar(feria.beto, id_, ["95.00", "95.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    una = en_proceso(mae, id_, Papel.RPA, rosa)
    abrir(rpa, id_)
    primera = recusa(feria, una)
    with pytest.raises(SinPapel, match="Recusaron a"):
        _gana_todo(rpa, id_, items, oferta)
    assert [i.estado for i in feria.items(id_)] == ["pedido", "pedido"]
    with transaccion() as sesion:
        hasta = excusas_de(sesion, [una])[0].resolver_hasta
    with transaccion() as sesion:
        resolver_excusa(sesion, mae, primera, EstadoExcusa.RECHAZADA, BASTA)
    reloj.situar(hasta)
    with transaccion() as sesion:
        segunda = recusar(sesion, feria.beto.actor, una, feria.beto.id, MOTIVO)
        hasta = segunda.resolver_hasta
    with pytest.raises(SinPapel, match="Recusaron a"):
        _gana_todo(rpa, id_, items, oferta)
    assert [i.estado for i in feria.items(id_)] == ["pedido", "pedido"]
    reloj.situar(hasta)
    _gana_todo(rpa, id_, items, oferta)
    assert [i.estado for i in feria.items(id_)] == ["adjudicado", "adjudicado"]
    with transaccion() as sesion:
        assert [(e.estado, e.tacita) for e in excusas_de(sesion, [una])] == [
            ("rechazada", False),
            ("rechazada", True),
        ]


def _gana_todo(quien: Actor, id_: UUID, items: list[UUID], oferta: UUID) -> None:
    with transaccion() as sesion:
        adjudicar(sesion, quien, id_, [DecisionEntrada(item_id=i, oferta_id=oferta) for i in items])


def test_mientras_le_recusan_decide_otra_persona(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    rosa, rpa = gente("Rosa")
    pedro, otro = gente("Pedro")
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, rosa)
    abrir(rpa, id_)
    recusa(feria, una)
    with pytest.raises(SinPapel, match="Recusaron a"):
        gana(feria, rpa, id_, oferta)
    en_proceso(mae, id_, Papel.RPA, pedro)
    gana(feria, otro, id_, oferta)


def test_quien_recusa_el_ultimo_dia_no_detiene_a_nadie(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any
) -> None:
    """The process would be desierto before the answer."""
    rosa, rpa = gente("Rosa")
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, rosa)
    abrir(rpa, id_)
    with transaccion() as sesion:
        sigue = bloquear(sesion, id_).sigue_en
    assert sigue is not None
    reloj.situar(sigue - timedelta(hours=1))
    recusa(feria, una)
    gana(feria, rpa, id_, oferta)


def test_tampoco_se_apura_quien_evalua(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    rosa, evalua = gente("Rosa")
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    abrir(evalua, id_)
    recusacion = recusa(feria, una)
    dicho = [DecisionEntrada(item_id=feria.items(id_)[0].id, oferta_id=oferta)]
    with pytest.raises(SinPapel, match="Recusaron a"), transaccion() as sesion:
        informar(sesion, evalua, id_, dicho)
    with transaccion() as sesion:
        resolver_excusa(sesion, mae, recusacion, EstadoExcusa.RECHAZADA, BASTA)
    with transaccion() as sesion:
        informar(sesion, evalua, id_, dicho)


def test_una_persona_se_excusa_una_vez_de_cada_papel(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, sesion: Session
) -> None:
    """Each excuse stops the report: again and again it would stop it for ever."""
    rosa, evalua = gente("Rosa")
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    with transaccion() as otra:
        excusa = excusarse(otra, evalua, una, MOTIVO).id
    with transaccion() as otra:
        resolver_excusa(otra, mae, excusa, EstadoExcusa.RECHAZADA, BASTA)
    with pytest.raises(NoSeRecusa, match="Ya se excusó"), transaccion() as otra:
        excusarse(otra, evalua, una, MOTIVO)
    with pytest.raises(Exception, match="once of a role"):
        sesion.connection().execute(
            text(
                "INSERT INTO feria_excusa (id, designacion_id, clase, estado, motivo, presentada_en,"
                " presentada_por, resolver_hasta) SELECT gen_random_uuid(), designacion_id, clase,"
                " 'presentada', motivo, presentada_en, presentada_por, resolver_hasta FROM feria_excusa"
            )
        )
    sesion.rollback()
    abrir(evalua, id_)
    with transaccion() as otra:
        informar(otra, evalua, id_, [DecisionEntrada(item_id=feria.items(id_)[0].id, oferta_id=oferta)])


def test_quien_se_excusa_de_un_papel_no_actua_por_otro(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any
) -> None:
    rosa, rpa = gente("Rosa")
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.SOLICITANTE, rosa)
    en_entidad(feria, mae, Papel.RPA, rosa)
    abrir(rpa, id_)
    with transaccion() as sesion:
        excusarse(sesion, rpa, una, MOTIVO)
    with pytest.raises(SinPapel, match="lo pidió"):
        gana(feria, rpa, id_, oferta)


def test_lo_que_termino_por_su_dia_no_estorba(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    """Before any sweep has passed: the same person again, and another highest authority."""
    rosa, evalua = gente("Rosa")
    pedro, _otro = gente("Pedro", Facultad.ADMINISTRAR)
    id_ = feria.publicada(dias=20).id
    hasta = fecha_bolivia() + timedelta(days=1)
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa, hasta=hasta)
    assert mae.persona_id is not None
    en_entidad(feria, mae, Papel.MAE, mae.persona_id, hasta=hasta)
    reloj.adelantar(timedelta(days=3))
    with pytest.raises(DesignacionTerminada), transaccion() as sesion:
        excusarse(sesion, evalua, una, MOTIVO)
    en_entidad(feria, mae, Papel.MAE, pedro)
    en_proceso(feria.entidad.actor, id_, Papel.RECEPCION, rosa)
    assert rigen(feria, id_) == ["responsable", "calificacion", "recepcion"]  # the sweep has not passed
    with pytest.raises(PapelIncompatible):
        en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    otra, _otra = gente("Otra")
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, otra, hasta=hasta + timedelta(days=3))
    reloj.adelantar(timedelta(days=3))
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, otra)
    assert cesar_papeles() == 1
    filas = [(d.papel, d.motivo_cese) for d in _del_proceso(feria, id_)]
    assert filas == [
        ("responsable", None),
        ("calificacion", "Terminó el plazo de su nombramiento."),
        ("recepcion", None),
        ("calificacion", "Terminó el plazo de su nombramiento."),
        ("calificacion", None),
    ]


def test_el_papel_de_quien_se_fue_no_ata_a_nadie(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, duenio: Engine
) -> None:
    rosa, rpa = gente("Rosa")
    id_, oferta = cerrada(feria, reloj)
    en_entidad(feria, mae, Papel.RPA, rosa)
    with pytest.raises(SinPapel):
        abrir(feria.entidad.actor, id_)
    se_va(duenio, feria, rosa)
    abrir(feria.entidad.actor, id_)
    with transaccion() as sesion:
        (aviso,) = papeles_de(sesion, feria.entidad.id, id_).avisos
    assert aviso == (
        f"{rpa.nombre} ya no tiene un mandato de la entidad:"
        " mientras tanto no es «Responsable de compras menores y ANPE (RPA)»."
    )
    gana(feria, feria.entidad.actor, id_, oferta)


def test_se_nombra_otra_mae_cuando_la_de_antes_se_fue(
    feria: Feria, gente: Gente, mae: Actor, duenio: Engine
) -> None:
    pedro, otro = gente("Pedro", Facultad.ADMINISTRAR)
    assert mae.persona_id is not None
    en_entidad(feria, mae, Papel.MAE, mae.persona_id)
    se_va(duenio, feria, mae.persona_id)
    en_entidad(feria, otro, Papel.MAE, pedro)
    with transaccion() as sesion:
        dichas = [(d.persona_id, d.motivo_cese) for d in designaciones_de(sesion, feria.entidad.id)]
    assert dichas == [(mae.persona_id, "Ya no tiene un mandato de la entidad."), (pedro, None)]


def test_el_informe_no_espera_a_quien_se_fue(feria: Feria, gente: Gente, reloj: Any, duenio: Engine) -> None:
    rosa, evalua = gente("Rosa")
    pedro, _otro = gente("Pedro")
    id_, oferta = cerrada(feria, reloj)
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, pedro)
    abrir(evalua, id_)
    se_va(duenio, feria, pedro)
    with transaccion() as sesion:
        informar(sesion, evalua, id_, [DecisionEntrada(item_id=feria.items(id_)[0].id, oferta_id=oferta)])
    gana(feria, feria.entidad.actor, id_, oferta)


def test_quien_actua_por_una_oferta_que_no_cuenta_tambien_queda_fuera(
    feria: Feria, gente: Gente, reloj: Any, duenio: Engine
) -> None:
    """Declared invalid at the opening: they have most to win from another decision."""
    rosa, _evalua = gente("Rosa")
    pedro, _otro = gente("Pedro")
    id_, oferta = cerrada(feria, reloj)
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    abrir(feria.entidad.actor, id_)
    for persona_id in (rosa, pedro):
        feria.mandato(feria.ana.id, type("P", (), {"id": persona_id})(), Facultad.VENDER)
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_oferta DISABLE TRIGGER USER"))
        conexion.execute(
            text(
                "UPDATE feria_oferta SET estado = 'invalida', falla = 'No se lee', "
                "terminada_en = nucleo_ahora() WHERE id = :id"
            ),
            {"id": oferta},
        )
        conexion.execute(text("ALTER TABLE feria_oferta ENABLE TRIGGER USER"))
    with transaccion() as sesion:
        apartar_por_conflicto(sesion, bloquear(sesion, id_))
    assert rigen(feria, id_) == ["responsable"]
    with pytest.raises(Exception, match="both sides"), duenio.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO feria_designacion (id, unidad_id, convocatoria_id, papel, persona_id, documento,"
                " desde, autor)"
                " VALUES (gen_random_uuid(), :u, :c, 'calificacion', :p, '', nucleo_ahora(), 'nadie')"
            ),
            {"u": feria.entidad.id, "c": id_, "p": pedro},
        )
