"""Mandates against a model: grants, acceptances, delegations, assignments, revocations, an office that is
suspended, and time, in any order. Nobody ever does what no valid chain of mandates gives; who has one may.

`make caos PARTES=mandatos` runs many more cases.
"""

import os
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from empresa_digital.registro import (
    Facultad,
    NuevoMandato,
    SinFacultad,
    facultades_de,
    inscripcion,
    mandatos,
    tiene_facultad,
    verificar_registro,
)
from empresa_digital.registro.mandatos.errores import (
    FaltaOtroAdministrador,
    MandatoNoEncontrado,
    MandatoYaRevocado,
    OfertaTerminada,
    RevocacionPosterior,
    UltimoAdministrador,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import alcanzadas
from empresa_digital.registro.mandatos.verificar import verificar_uso
from nucleo import reloj
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from tests.ayudas.personas import nueva_persona, nueva_unidad, nuevo_actor

GENTE = ("ana", "eva", "luis", "rosa")
QUIEN = st.sampled_from(("ana", "eva", "luis", "rosa", "ana", "rosa"))
ADMINISTRAR, VENDER, PAGAR = Facultad.ADMINISTRAR, Facultad.VENDER, Facultad.PAGAR
FACULTADES = st.sampled_from([(ADMINISTRAR,), (VENDER,), (PAGAR,), (VENDER, PAGAR)])
CLIENTE, OFICINA = "cliente", "oficina"
OFERTA, DURA = timedelta(days=30), timedelta(days=30)


@dataclass
class Poder:
    """A mandate as the model knows it."""

    id: UUID
    unidad: str
    a: str
    facultades: frozenset[Facultad]
    limite: int | None
    hasta: datetime | None
    sub: bool
    de: UUID | None
    por: tuple[UUID, ...]
    creado: datetime
    aceptado: datetime | None = None
    revocado: datetime | None = None

    def vale(self, t: datetime) -> bool:
        return self.aceptado is not None and not self.acabado(t)

    def acabado(self, t: datetime) -> bool:
        return any(fin is not None and fin <= t for fin in (self.hasta, self.revocado))

    @property
    def fin(self) -> datetime | None:
        return min((f for f in (self.hasta, self.revocado) if f is not None), default=None)


@dataclass
class Asignado:
    mandato: UUID
    persona: str
    fin: datetime | None = None


@dataclass
class Modelo:
    poderes: dict[UUID, Poder] = field(default_factory=dict)
    asignados: list[Asignado] = field(default_factory=list)
    oficina_activa: bool = True

    def cadenas(self, quien: str, unidad: str, t: datetime) -> list[tuple[Poder, ...]]:
        suyos = [p for p in self.poderes.values() if p.vale(t)]
        directas: list[tuple[Poder, ...]] = [(p,) for p in suyos if p.unidad == unidad and p.a == quien]
        if not self.oficina_activa:
            return directas
        return directas + [
            (p, propio)
            for p in suyos
            if p.unidad == unidad and p.a == OFICINA
            for propio in suyos
            if propio.unidad == OFICINA and propio.a == quien and self.atiende(p.id, quien, t)
        ]

    def atiende(self, mandato: UUID, quien: str, t: datetime) -> bool:
        return any(
            a.mandato == mandato and a.persona == quien and (a.fin is None or a.fin > t)
            for a in self.asignados
        )

    def dan(self, quien: str, unidad: str, t: datetime, facultad: Facultad) -> list[tuple[Poder, ...]]:
        if unidad == OFICINA and not self.oficina_activa:
            return []
        return [
            c for c in self.cadenas(quien, unidad, t) if all(facultad in alcanzadas(p.facultades) for p in c)
        ]

    def puede(self, quien: str, t: datetime, facultad: Facultad, monto: int) -> bool:
        return any(
            all(p.limite is None or p.limite >= monto for p in c)
            for c in self.dan(quien, CLIENTE, t, facultad)
        )

    def cabe(self, cadena: tuple[Poder, ...], p: Poder, *, delega: bool) -> bool:
        """Whether a grant holds no more than the chain by which it would be given."""
        for suyo in cadena:
            tiene = suyo.facultades if delega else alcanzadas(suyo.facultades)
            if not p.facultades <= tiene:
                return False
            if suyo.limite is not None and (p.limite is None or p.limite > suyo.limite):
                return False
            if suyo.fin is not None and (p.hasta is None or p.hasta > suyo.fin):
                return False
        return not (delega and p.sub)

    def queda(self, unidad: str, t: datetime, sin: set[UUID]) -> bool:
        def administra(p: Poder) -> bool:
            return p.unidad == unidad and ADMINISTRAR in p.facultades and p.vale(t)

        if not any(administra(self.poderes[i]) for i in sin):
            return True
        for p in self.poderes.values():
            if not administra(p) or p.id in sin or (p.fin is not None and p.fin <= t + DURA):
                continue
            if p.a != OFICINA:
                return True
            if self.oficina_activa and any(
                a.mandato == p.id and a.fin is None and o.unidad == OFICINA and o.a == a.persona and o.vale(t)
                for a in self.asignados
                for o in self.poderes.values()
                if ADMINISTRAR in o.facultades
            ):
                return True
        return False

    def ascendientes(self, p: Poder) -> set[UUID]:
        return set(p.por).union(*(self.ascendientes(self.poderes[i]) for i in p.por))


class Maquina(RuleBasedStateMachine):
    hechos = 0

    def __init__(self) -> None:
        super().__init__()
        self.m = Modelo()
        self.personas = {n: nueva_persona(n.capitalize()) for n in GENTE}
        self.unidades = {
            CLIENTE: nueva_unidad(
                "El cliente", representante=self.personas["ana"], facultades=["ADMINISTRAR"]
            ),
            OFICINA: nueva_unidad(
                "La oficina", representante=self.personas["rosa"], facultades=["ADMINISTRAR"]
            ),
        }
        autoridad = nueva_persona("Regula")
        nueva_unidad(
            "La autoridad",
            tipo="ENTIDAD_PUBLICA",
            representante=autoridad,
            facultades=["ADMINISTRAR", "REGULAR"],
            habilitaciones=["AUTORIDAD_REGULADORA"],
        )
        self.autoridad = autoridad
        with transaccion() as sesion:
            for clave, quien in ((CLIENTE, "ana"), (OFICINA, "rosa")):
                (fila,) = mandatos.mandatos_de(sesion, self.unidades[clave].id)
                self.m.poderes[fila.id] = self._leido(fila, clave, quien)
        si: dict[str, Any] = {"limite": None, "dias": None, "sub": True, "acepta": True}
        self._otorgar("ana", CLIENTE, "eva", (ADMINISTRAR,), **si)
        self._otorgar("ana", CLIENTE, OFICINA, (VENDER, PAGAR), **si)
        self._aceptar("rosa", list(self.m.poderes.values())[-1])
        self._otorgar("rosa", OFICINA, "luis", (PAGAR,), **si | {"limite": 500})

    def _leido(self, fila: Mandato, unidad: str, a: str) -> Poder:
        limite = None if fila.monto_limite is None else int(fila.monto_limite.amount)
        return Poder(
            fila.id,
            unidad,
            a,
            frozenset(Facultad(f) for f in fila.facultades),
            limite,
            fila.valido_hasta,
            fila.subdelegable,
            fila.delegado_de,
            tuple(fila.otorgado_por),
            fila.creado_en,
            fila.aceptado_en,
        )

    def actor(self, quien: str) -> Any:
        return nuevo_actor(self.personas[quien])

    # --- What happens ------------------------------------------------------------------------------------

    @rule(
        quien=QUIEN,
        unidad=st.sampled_from([CLIENTE, CLIENTE, OFICINA]),
        a=st.sampled_from([*GENTE, OFICINA]),
        facultades=FACULTADES,
        limite=st.sampled_from([None, 50, 500]),
        dias=st.sampled_from([None, 2, 60]),
        sub=st.booleans(),
        acepta=st.booleans(),
    )
    def otorgar(
        self,
        quien: str,
        unidad: str,
        a: str,
        facultades: Any,
        limite: int | None,
        dias: int | None,
        sub: bool,
        acepta: bool,
    ) -> None:
        if unidad != a:
            self._otorgar(quien, unidad, a, facultades, limite, dias, sub, acepta)

    def _otorgar(
        self,
        quien: str,
        unidad: str,
        a: str,
        facultades: Any,
        limite: int | None,
        dias: int | None,
        sub: bool,
        acepta: bool,
    ) -> None:
        t = reloj.ahora()
        hasta = None if dias is None else t + timedelta(days=dias)
        pedido = Poder(UUID(int=0), unidad, a, frozenset(facultades), limite, hasta, sub, None, (), t)
        debe = self._puede_otorgar(quien, pedido, t)
        nuevo = NuevoMandato(
            facultades,
            persona_id=None if a == OFICINA else self.personas[a].id,
            unidad_id=self.unidades[OFICINA].id if a == OFICINA else None,
            monto_limite=None if limite is None else bs(limite),
            hasta=hasta,
            subdelegable=sub,
        )
        try:
            with transaccion() as sesion:
                fila = mandatos.otorgar_mandato(sesion, self.actor(quien), self.unidades[unidad].id, nuevo)
                poder = self._leido(fila, unidad, a)
        except (SinFacultad, DatosInvalidos):
            assert not debe
            return
        assert debe
        type(self).hechos += 1
        self.m.poderes[poder.id] = poder
        if acepta and a != OFICINA:
            self._aceptar(a, poder)

    def _puede_otorgar(self, quien: str, p: Poder, t: datetime) -> bool:
        if p.a == quien:
            return False
        de_la_oficina = (o for o in self.m.poderes.values() if o.unidad == OFICINA and o.a == quien)
        if p.a == OFICINA and any(not o.acabado(t) for o in de_la_oficina):
            return False
        todas = self.m.cadenas(quien, p.unidad, t)
        administra = [c for c in todas if all(ADMINISTRAR in x.facultades for x in c)]
        if administra:
            return any(self.m.cabe(c, p, delega=False) for c in administra)
        suyas = [c for c in todas if len(c) == 1 and c[0].sub and p.facultades <= c[0].facultades]
        return any(self.m.cabe(c, p, delega=True) for c in suyas)

    @rule(datos=st.data(), quien=QUIEN)
    def aceptar(self, datos: Any, quien: str) -> None:
        esperan = [p for p in self.m.poderes.values() if p.aceptado is None]
        if esperan:
            self._aceptar(quien, datos.draw(st.sampled_from(esperan)))

    def _aceptar(self, quien: str, p: Poder) -> None:
        t = reloj.ahora()
        suyo = p.a == quien or (p.a == OFICINA and bool(self.m.dan(quien, OFICINA, t, ADMINISTRAR)))
        try:
            with transaccion() as sesion:
                fila = mandatos.aceptar_mandato(sesion, self.actor(quien), p.id)
                p.aceptado = fila.aceptado_en
        except MandatoNoEncontrado:
            assert not suyo
            return
        except OfertaTerminada:
            assert p.acabado(t) or t >= p.creado + OFERTA
            return
        assert suyo
        assert not p.acabado(t)
        if p.a == OFICINA:
            self.m.asignados.append(Asignado(p.id, quien))

    @rule(datos=st.data(), quien=QUIEN, dias=st.sampled_from([0, 0, 3, 40]))
    def revocar(self, datos: Any, quien: str, dias: int) -> None:
        p = datos.draw(st.sampled_from(list(self.m.poderes.values())))
        t = reloj.ahora()
        efecto = None if dias == 0 else t + timedelta(days=dias)
        caen = {p.id, *(d.id for d in self.m.poderes.values() if d.de == p.id)}
        queda = self.m.queda(p.unidad, t, caen)
        suyas = [c for c in self.m.cadenas(quien, p.unidad, t) if all(ADMINISTRAR in x.facultades for x in c)]
        arriba = self.m.ascendientes(p)
        try:
            with transaccion() as sesion:
                fila = mandatos.revocar_mandato(sesion, self.actor(quien), p.id, "Prueba", efecto=efecto)
                cuando = fila.revocado_en
        except MandatoYaRevocado:
            assert p.revocado is not None
            assert p.revocado <= t
            return
        except RevocacionPosterior:
            assert p.revocado is not None
            assert efecto is not None
            assert p.revocado <= efecto
            return
        except UltimoAdministrador:
            assert not queda
            return
        except FaltaOtroAdministrador:
            assert p.a != quien
            assert ADMINISTRAR in p.facultades
            assert any(arriba.isdisjoint(x.id for x in c) for c in suyas)
            return
        except SinFacultad:
            assert p.a != quien
            assert not suyas
            return
        assert queda
        assert p.a == quien or suyas
        assert cuando is not None
        if p.a != quien and ADMINISTRAR in p.facultades and p.aceptado is not None:
            assert any(not arriba.isdisjoint(x.id for x in c) for c in suyas)
        for i in caen:
            caido = self.m.poderes[i]
            if caido.revocado is None or caido.revocado > cuando:
                caido.revocado = cuando
                self._deja_la_oficina(caido, cuando)

    def _deja_la_oficina(self, p: Poder, cuando: datetime) -> None:
        if p.unidad != OFICINA or any(
            not o.acabado(cuando) for o in self.m.poderes.values() if (o.unidad, o.a) == (OFICINA, p.a)
        ):
            return
        for a in self.m.asignados:
            if a.persona == p.a and (a.fin is None or a.fin > cuando):
                a.fin = cuando

    @rule(datos=st.data(), quien=QUIEN, personas=st.sets(QUIEN, max_size=3))
    def asignar(self, datos: Any, quien: str, personas: set[str]) -> None:
        clientes = [p for p in self.m.poderes.values() if p.a == OFICINA]
        if not clientes:
            return
        p, t = datos.draw(st.sampled_from(clientes)), reloj.ahora()
        debe = bool(self.m.dan(quien, OFICINA, t, ADMINISTRAR))
        vivos = {a.persona: a for a in self.m.asignados if a.mandato == p.id and a.fin is None}
        gente = {o.a for o in self.m.poderes.values() if o.unidad == OFICINA and o.vale(t)}
        try:
            with transaccion() as sesion:
                ids = [self.personas[n].id for n in personas]
                mandatos.asignar_cliente(sesion, self.actor(quien), p.id, ids)
        except SinFacultad:
            assert not debe
            return
        except DatosInvalidos:
            assert personas - vivos.keys() - gente
            return
        assert debe
        assert not personas - vivos.keys() - gente
        self.m.asignados += [Asignado(p.id, n) for n in personas - vivos.keys()]
        for n in vivos.keys() - personas:
            vivos[n].fin = t

    @rule()
    def suspender_o_rehabilitar(self) -> None:
        hacer = inscripcion.suspender if self.m.oficina_activa else inscripcion.rehabilitar
        razon = ("Prueba",) if self.m.oficina_activa else ()
        with transaccion() as sesion:
            hacer(sesion, nuevo_actor(self.autoridad), self.unidades[OFICINA].id, *razon)  # type: ignore[operator]
        self.m.oficina_activa = not self.m.oficina_activa

    @rule(dias=st.sampled_from([1, 3, 31]))
    def pasar(self, dias: int) -> None:
        reloj.fijar_desfase(reloj.desfase() + timedelta(days=dias))

    @invariant()
    def nadie_hace_lo_que_ninguna_cadena_da(self) -> None:
        t = reloj.ahora()
        cliente = self.unidades[CLIENTE].id
        with transaccion() as sesion:
            for quien in GENTE:
                actor = self.actor(quien)
                suyas = facultades_de(sesion, actor).get(cliente, frozenset())
                for f in (ADMINISTRAR, VENDER, PAGAR):
                    assert (f in suyas) == bool(self.m.dan(quien, CLIENTE, t, f)), (quien, f)
                for monto in (50, 51, 501):
                    puede = tiene_facultad(sesion, actor, cliente, PAGAR, bs(monto))
                    assert puede == self.m.puede(quien, t, PAGAR, monto), (quien, monto)


def test_nadie_hace_lo_que_ninguna_cadena_da(bd: Any) -> None:
    try:
        run_state_machine_as_test(
            Maquina,
            settings=settings(
                max_examples=int(os.environ.get("QHATU_PRUEBAS_MANDATOS", "3")),
                stateful_step_count=30,
                deadline=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        reloj.fijar_desfase(timedelta(0))
    with transaccion() as sesion:
        assert verificar_registro(sesion) == []
        assert verificar_uso(sesion) == []
    assert Maquina.hechos > 10, "the machine must reach grants that are made"


@pytest.mark.parametrize("nombre", ["hasta", "revocado"])
def test_el_modelo_mismo_ve_lo_que_acaba(nombre: str) -> None:
    t = datetime(2026, 6, 1, tzinfo=reloj.ZONA)
    uno = Poder(UUID(int=1), CLIENTE, "ana", frozenset(), None, None, False, None, (), t, aceptado=t)
    assert uno.vale(t)
    assert not replace(uno, **{nombre: t}).vale(t)
