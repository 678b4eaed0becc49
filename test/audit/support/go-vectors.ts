/**
 * A log of the thousand entries `record 0` to `record 999`, made with Go's golang.org/x/mod
 * (packages sumdb/note and sumdb/tlog, as Debian ships them): no code is shared with it.
 */
export const goLog = {
  vkey: 'go.example/log+d8249339+AfFl4eX3wpDlLy7e8/urYMuudL/TJ0+OXuHeM0XJVKFm',
  note:
    'go.example/log\n1000\nmXwAZ8XucWmQ1EpnMacEiQrHlXQBuXYF/fJms8q4tO8=\n\n' +
    '\u2014 go.example/log 2CSTOZzgGteQG5h4pJMmOPP2qW6/UaAyhXFYRUVyYpBWOqr10fMQ8rNljEYP/TlNITJIjrV6eYfmALZDWNfUR+z5qwM=\n',
  roots: {
    256: '3JNJ+Xh+0Ahtptl/Z5xRpRmPmORW6Vsdh/o6vAEv7DE=',
    300: 'gw31yQrqZZCcEOPrzX+bpy3nJ6QgngTKn8G1m0i62uU=',
    1000: 'mXwAZ8XucWmQ1EpnMacEiQrHlXQBuXYF/fJms8q4tO8=',
  },
  /** Of entry 777. */
  inclusion: [
    '9HJvUwTh34Kg4W5O2s8KTBWi9y1kbyldNOqHOI9tElc=',
    'YVP2ELSK7tGXn4RO4bzko+X1WnIivTgS469jrffBEOM=',
    'wsB+xAGo5NrLhI7WLpCimDkLxaeDZnYYjXaCR7+RPuI=',
    'u8S8Bq10LhoarTLE4PCThKy5Y5i5lw0CXVSZD9hBVSU=',
    'hqVvqYi+lS//RDUWEKqJT/gDbKbeHk22v7y4gSGRHkE=',
    'FoZ5YdZuxcUKs1SMvd1r8WnzqbVoll4TDtX5FXhQ5fU=',
    'Ony0mmsFeE4Gfg639iHq16HAo9CkJ9rsacnrJhnuSUc=',
    'nJMDj/HTayIgQZKpca8K41yJAv/LDNQEaZHqDQh5TE8=',
    '4J45PP+KdMBSedZO7WX9hJ2iaGUKSxUIEp88h97nuC8=',
    'HQ5yF418oScdyCgzjyrYZ6pAiMiZonMVA4WjF75M1xI=',
  ],
  /** From 300 entries to all of them. */
  consistency: [
    'UAY9Z86bAmPM71c1+2wmGxhXqulR7Pvd1UBemhAkrvI=',
    'T7LIU36xR5ZS2dLK/AEGiILdLgRylV4///+9kCtCG5Q=',
    'BwAl1lkfH1Fu+RLO5xSCcQc32AVTRaXrDkBtCAGGR9g=',
    'IJdCR5R3fA6Uz4Bp77f3p+B4U1IF9fP2+3NrfpHbTrw=',
    'M96OAKgNKtJ00jDbUN3xCuKP3nVQYySodLLmyR3zgK0=',
    'IS1VLmLBFgASo26fOrGlUMDNSccVIa5WEjGup2SS1O4=',
    'vxnZsQWOZN3apXVLAq97/8iy3Qzs7Mw9gf5D1ibevTM=',
    '3JNJ+Xh+0Ahtptl/Z5xRpRmPmORW6Vsdh/o6vAEv7DE=',
    'uJyt7L8t+FsjdigTOfVuWFjMVzKibVWrK+oo20RNGFQ=',
  ],
} as const;
